"""Write an augmentation policy once, run it on Keras, torchvision, Albumentations or nlpaug with the same meaning."""
