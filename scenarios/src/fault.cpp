// Fault plans: their text, and how one is drawn from a seed.
#include <preordain/scenario/fault.hpp>

#include <algorithm>

#include <preordain/base/hash.hpp>

namespace pre {

namespace {

using Kind = Fault::Kind;

std::string words(const std::vector<std::string>& nodes) {
  std::string out;
  for (const std::string& node : nodes) out += (out.empty() ? "" : " ") + node;
  return out;
}

// Keyed draws: each number depends on the seed, what it is for, and which one, and on nothing else.
class Draw {
 public:
  Draw(std::uint64_t seed, std::string_view what) : key_(fold(mix(seed), hash_text(what))) {}
  std::uint64_t below(std::uint64_t n) { return fold(key_, visit_++) % n; }
  Duration between(Duration low, Duration high) {
    if (high <= low) return low;
    return low + Duration(static_cast<std::int64_t>(
                     below(static_cast<std::uint64_t>((high - low).count()) + 1)));
  }

 private:
  std::uint64_t key_;
  std::uint64_t visit_ = 0;
};

void draw_cuts(Draw draw, const Chaos& chaos, const std::vector<std::string>& nodes,
               std::vector<FaultStep>& plan) {
  const std::uint64_t count = draw.below(chaos.cuts + 1);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Duration begin = draw.between(0s, chaos.until);
    const Duration end = std::min(chaos.until, begin + draw.between(50ms, chaos.until / 3));
    const std::uint64_t alone = draw.below(nodes.size());
    std::vector<std::string> left;
    std::vector<std::string> right;
    for (std::size_t n = 0; n < nodes.size(); ++n) (n == alone ? left : right).push_back(nodes[n]);
    const bool one_way = draw.below(2) == 1;
    const bool outward = draw.below(2) == 1;
    if (one_way) {
      plan.push_back({begin, outward ? cut_one_way(left, right) : cut_one_way(right, left)});
    } else {
      plan.push_back({begin, cut(left, right)});
    }
    plan.push_back({end, heal()});
  }
}

void draw_crashes(Draw draw, const Chaos& chaos, const std::vector<std::string>& nodes,
                  std::vector<FaultStep>& plan) {
  std::vector<Duration> busy_until(nodes.size());
  const std::uint64_t count = draw.below(chaos.crashes + 1);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::size_t node = draw.below(nodes.size());
    const Duration begin = draw.between(100ms, chaos.until);
    const Duration end = std::min(chaos.until, begin + draw.between(10ms, 5s));
    const bool power = draw.below(2) == 1;
    if (begin <= busy_until[node] || end <= begin) continue;
    busy_until[node] = chaos.until;  // one death per node and run keeps plans readable
    plan.push_back({begin, power ? power_loss(nodes[node]) : crash(nodes[node])});
    plan.push_back({end, restart(nodes[node])});
  }
}

void draw_pauses(Draw draw, const Chaos& chaos, const std::vector<std::string>& nodes,
                 std::vector<FaultStep>& plan) {
  const std::uint64_t count = draw.below(chaos.pauses + 1);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string& node = nodes[draw.below(nodes.size())];
    const Duration begin = draw.between(0s, chaos.until);
    plan.push_back({begin, pause(node)});
    plan.push_back({std::min(chaos.until, begin + draw.between(1ms, 4s)), resume(node)});
  }
}

}  // namespace

std::string Fault::text() const {
  switch (kind) {
    case Kind::cut:
      return "cut " + words(left) + " | " + words(right);
    case Kind::cut_one_way:
      return "cut " + words(left) + " > " + words(right);
    case Kind::heal:
      return "heal";
    case Kind::crash:
      return "crash " + words(left);
    case Kind::power_loss:
      return "power loss " + words(left);
    case Kind::restart:
      return "restart " + words(left);
    case Kind::pause:
      return "pause " + words(left);
    case Kind::resume:
      return "resume " + words(left);
  }
  return "unknown fault";
}

Fault cut(std::vector<std::string> left, std::vector<std::string> right) {
  return {Kind::cut, std::move(left), std::move(right)};
}
Fault cut_one_way(std::vector<std::string> from, std::vector<std::string> to) {
  return {Kind::cut_one_way, std::move(from), std::move(to)};
}
Fault heal() { return {Kind::heal}; }
Fault crash(std::string node) { return {Kind::crash, {std::move(node)}}; }
Fault power_loss(std::string node) { return {Kind::power_loss, {std::move(node)}}; }
Fault restart(std::string node) { return {Kind::restart, {std::move(node)}}; }
Fault pause(std::string node) { return {Kind::pause, {std::move(node)}}; }
Fault resume(std::string node) { return {Kind::resume, {std::move(node)}}; }

std::vector<FaultStep> in_order_of_time(std::vector<FaultStep> steps) {
  std::vector<FaultStep> ordered;
  const auto earlier = [](const FaultStep& a, const FaultStep& b) { return a.at < b.at; };
  for (FaultStep& step : steps) {
    const auto place = std::upper_bound(ordered.begin(), ordered.end(), step, earlier);
    ordered.insert(place, std::move(step));
  }
  return ordered;
}

std::vector<FaultStep> plan_faults(std::uint64_t seed, const std::vector<FaultStep>& scripted,
                                   const Chaos& chaos, const std::vector<std::string>& nodes,
                                   const std::string& clients) {
  std::vector<FaultStep> plan = scripted;
  if (chaos.until > 0s && !nodes.empty()) {
    std::vector<std::string> everyone = nodes;
    everyone.push_back(clients);
    draw_cuts(Draw(seed, "plan.cut"), chaos, everyone, plan);
    draw_crashes(Draw(seed, "plan.crash"), chaos, nodes, plan);
    draw_pauses(Draw(seed, "plan.pause"), chaos, nodes, plan);
  }
  return in_order_of_time(std::move(plan));
}

}  // namespace pre
