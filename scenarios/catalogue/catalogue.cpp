#include "catalogue.hpp"

namespace pre::catalogue {

std::vector<Scenario> all() { return {ledger(), ledger_planted()}; }

}  // namespace pre::catalogue
