"""Check digits of further countries; the numbers are the offices' own examples, or made for tests."""

from collections.abc import Callable

import pytest

from deid.detect import checksums_world as check

RIGHT = (
    (check.fi_hetu, "131052-308T 010594Y9032 020516C903K 020504a902e"),
    (check.se_born, "189004119807 19910924-2397 871220-2384 9201232387"),
    (check.pl_born, "44051401458 02270803628"),
    (check.de_pension, "15070649C103 65070803A019 38551285K051"),
    (check.de_health, "A000500015 C000500021 Z999999997 a123456780"),
    (check.travel_document, "L01X00T44 C01234565 G00000002"),
    (check.kr_business, "104-86-56659 1168200276"),
    (check.kr_driver, "11-22-123456-12 282212345612"),
    (check.th_citizen, "1234567890121 3-1006-00445-63-5"),
    (check.tr_citizen, "10000000146 17291716060"),
    (check.za_citizen, "8001015009087 7503305044089"),
    (check.au_business, "51824753556 83914571673"),
    (check.au_company, "004085616 000000019"),
    (check.us_provider, "1234567893 1245319599"),
    (check.it_business, "01333550323 00743110157"),
    (check.sg_entity, "53125226D 201434292D T16RF0037C 00192200M"),
    (check.uk_driver, "MORGA607054SM9IJ FO999512018AA1AB morga657054sm9ij"),
    (check.uk_plate, "AB51ABC LN14-HGT"),
)
WRONG = (
    (check.fi_hetu, "131052-308U 310289-211C 012245A110G"),
    (check.se_born, "189004119808 19001309-2393 200504422381"),
    (check.pl_born, "11110021111 11139911111"),
    (check.de_pension, "15070649C100 15071349C103 15420649C103 15850649C103"),
    (check.de_health, "A000500016 M123456789"),
    (check.travel_document, "L01X00T47 L01X00T4 L01X00T4A"),
    (check.kr_business, "104-86-56658 104865665"),
    (check.kr_driver, "99-22-123456-12 27-22-123456-12"),
    (check.th_citizen, "1234567890122 0234567890124 123456789012"),
    (check.tr_citizen, "10000000145 10000000156 00000000000 1000000014"),
    (check.za_citizen, "8001015009086 9913326789285 8001015000076 8001015009385"),
    (check.au_business, "52824753556 01824753556"),
    (check.au_company, "824753557"),
    (check.us_provider, "1234567890 3234567893"),
    (check.it_business, "01333550324 00000000000 0133355032"),
    (check.sg_entity, "53125226A 201434292A T16RF0037A TZ6RF0037C"),
    (check.uk_driver, "MORGA600054SM9IJ MORGA650054SM9IJ MORGA663054SM9IJ MORGA601324SM9IJ MO9G9657054SM9IJ"),
    (check.uk_plate, "AB00ABC AB35ABC AB80ABC AB01ABC"),
)


def cases(rows: tuple[tuple[Callable[[str], bool], str], ...]) -> list[tuple[Callable[[str], bool], str]]:
    return [(function, surface) for function, surfaces in rows for surface in surfaces.split()]


@pytest.mark.parametrize(("function", "surface"), cases(RIGHT))
def test_holds(function: Callable[[str], bool], surface: str) -> None:
    assert function(surface)


@pytest.mark.parametrize(("function", "surface"), cases(WRONG))
def test_does_not_hold(function: Callable[[str], bool], surface: str) -> None:
    assert not function(surface)
