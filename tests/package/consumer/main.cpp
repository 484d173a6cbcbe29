// A stranger's program: built against the installed package, and inside a foreign tree.
#include <cstdio>
#include <preordain/base/result.hpp>
#include <preordain/seam/network.hpp>

namespace {

pre::Result<int> half(int number) {
  if (number % 2 != 0) return pre::refuse(std::to_string(number) + " is odd");
  return number / 2;
}

}  // namespace

int main() {
  const auto endpoint = pre::seam::parse_endpoint("localhost:7100");
  const bool right = half(42).value() == 21 && half(7).error().text() == "refused: 7 is odd" &&
                     endpoint.has_value() && endpoint->text() == "localhost:7100";
  std::puts(right ? "the package works" : "the package is broken");
  return right ? 0 : 1;
}
