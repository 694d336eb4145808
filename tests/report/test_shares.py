"""Shares are told in words that people read: never as 1e+02 %."""

from augment.report.compare import percent


def test_shares_in_two_digits():
    told = {0.0: "0 %", 0.0031: "0.31 %", 0.042: "4.2 %", 0.12: "12 %", 0.994: "99 %", 0.997: "100 %", 1.0: "100 %"}
    assert {share: percent(share) for share in told} == told
    assert not any("e+" in percent(i / 1000) for i in range(1001))
