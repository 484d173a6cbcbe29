// Runs the one probe that is named. Each ends in its own process, for several of them crash on the
// compilers they accuse. One program, because parsing the standard headers is most of the work.
#include <cstdio>
#include <cstring>

#include "probes/01_lambda_argument.hpp"
#include "probes/02_lambda_template_argument.hpp"
#include "probes/03_aggregate_by_value.hpp"
#include "probes/04_designated_initialisers.hpp"
#include "probes/05_aggregate_by_reference.hpp"
#include "probes/06_awaiter_holds_aggregate.hpp"
#include "probes/07_ternary.hpp"
#include "probes/08_logical.hpp"
#include "probes/09_range_for.hpp"
#include "probes/10_structured_binding.hpp"
#include "probes/11_co_return_braces.hpp"
#include "probes/12_exception.hpp"
#include "probes/13_destroyed_while_suspended.hpp"
#include "probes/14_member_coroutine.hpp"
#include "probes/15_symmetric_transfer.hpp"
#include "probes/16_no_locals.hpp"
#include "probes/18_string_temporaries.hpp"
#include "probes/19_switch_condition.hpp"
#include "probes/20_default_argument.hpp"
#include "probes/21_parameter_pack.hpp"
#include "probes/22_plain_lambda_coroutine.hpp"
#include "probes/23_throwing_awaiter.hpp"
#include "probes/cancel.hpp"
#include "probes/dialect.hpp"

// g++ 12 refuses to compile these two ("array used as initializer").
#if !defined(__GNUC__) || defined(__clang__) || __GNUC__ > 12
#include "probes/17_initializer_list.hpp"
#include "probes/24_member_ask.hpp"
#define PROBE_ARRAYS
#endif

namespace {

struct Entry {
  const char* name;
  int (*run)();
};

constexpr Entry probes[] = {
    {"lambda_argument", probe::lambda_argument::run_probe},
    {"lambda_template_argument", probe::lambda_template_argument::run_probe},
    {"aggregate_by_value", probe::aggregate_by_value::run_probe},
    {"designated_initialisers", probe::designated_initialisers::run_probe},
    {"aggregate_by_reference", probe::aggregate_by_reference::run_probe},
    {"awaiter_holds_aggregate", probe::awaiter_holds_aggregate::run_probe},
    {"ternary", probe::ternary::run_probe},
    {"logical", probe::logical::run_probe},
    {"range_for", probe::range_for::run_probe},
    {"structured_binding", probe::structured_binding::run_probe},
    {"co_return_braces", probe::co_return_braces::run_probe},
    {"exception", probe::exception::run_probe},
    {"destroyed_while_suspended", probe::destroyed_while_suspended::run_probe},
    {"member_coroutine", probe::member_coroutine::run_probe},
    {"symmetric_transfer", probe::symmetric_transfer::run_probe},
    {"no_locals", probe::no_locals::run_probe},
    {"string_temporaries", probe::string_temporaries::run_probe},
    {"switch_condition", probe::switch_condition::run_probe},
    {"default_argument", probe::default_argument::run_probe},
    {"parameter_pack", probe::parameter_pack::run_probe},
    {"plain_lambda_coroutine", probe::plain_lambda_coroutine::run_probe},
    {"throwing_awaiter", probe::throwing_awaiter::run_probe},
    {"dialect", probe::dialect::run_probe},
    {"cancel", probe::cancel::run_probe},
#ifdef PROBE_ARRAYS
    {"initializer_list", probe::initializer_list::run_probe},
    {"member_ask", probe::member_ask::run_probe},
#endif
};

}  // namespace

int main(int argc, char** argv) {
  for (const Entry& entry : probes) {
    if (argc == 2 && std::strcmp(argv[1], entry.name) == 0) return entry.run();
  }
  std::fprintf(stderr, "no such probe\n");
  return 77;
}
