"""Privacy models, one a file; each asks a question of class sizes or of one sensitive column."""

from deid.kanon.measures.alpha import largest_share
from deid.kanon.measures.beta_likeness import basic_beta, enhanced_beta
from deid.kanon.measures.delta_disclosure import delta
from deid.kanon.measures.distribution import Distribution, distribute
from deid.kanon.measures.individual_risk import individual_risks
from deid.kanon.measures.k_anonymity import size_histogram, smallest_class, unique_people
from deid.kanon.measures.k_map import journalist_max, journalist_mean, k_map, people_alike
from deid.kanon.measures.km_anonymity import smallest_support, supports
from deid.kanon.measures.l_diversity import distinct_l, entropy_l, recursive_c
from deid.kanon.measures.negative_binomial import negative_binomial
from deid.kanon.measures.population_uniques import pitman, zayatz
from deid.kanon.measures.reidentification import marketer, prosecutor_max, prosecutor_mean
from deid.kanon.measures.t_closeness import t_equal, t_hierarchical, t_ordered

__all__ = [
    "Distribution",
    "basic_beta",
    "delta",
    "distinct_l",
    "distribute",
    "enhanced_beta",
    "entropy_l",
    "individual_risks",
    "journalist_max",
    "journalist_mean",
    "k_map",
    "largest_share",
    "marketer",
    "negative_binomial",
    "people_alike",
    "pitman",
    "prosecutor_max",
    "prosecutor_mean",
    "recursive_c",
    "size_histogram",
    "smallest_class",
    "smallest_support",
    "supports",
    "t_equal",
    "t_hierarchical",
    "t_ordered",
    "unique_people",
    "zayatz",
]
