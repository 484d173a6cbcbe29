#include "catalogue.hpp"

namespace pre::catalogue {

std::vector<Scenario> all() { return {ledger(), ledger_planted(), astray_planted()}; }

}  // namespace pre::catalogue
