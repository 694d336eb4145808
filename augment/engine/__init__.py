"""What runs a program: on one sample, on a batch, on texts; and the rules by which targets follow."""
