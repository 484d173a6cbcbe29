# Adds up a JUnit file of ctest into one line, "N passed, N failed". A Catch2 program counts by its
# test cases, any other test as one. A program that ctest calls failed though its own cases all
# passed, or that said nothing (a crash, a leak, a timeout), counts as one failed.
function close_test() {
  if (name == "") return
  if (state == "skipped") { name = ""; return }
  if (!counted) { good = state == "ok"; bad = 0 }
  if (state != "ok" && bad == 0) bad = 1
  passed += good; failed += bad
  if (bad > 0) print "failed: " name > "/dev/stderr"
  name = ""
}
/<testcase / {
  close_test()
  name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name)
  state = ($0 ~ /status="run"/) ? "ok" : "failed"
  counted = 0; good = 0; bad = 0
}
/<skipped message="SKIP_/ { state = "skipped" }
/<failure / { state = "failed" }
# Catch2: "All tests passed (8 assertions in 3 test cases)", "test cases: 3 | 2 passed | 1 failed"
/All tests passed \([0-9]+ assertions? in [0-9]+ test case/ {
  line = $0; sub(/.* in /, "", line); good = line + 0; counted = 1
}
/^test cases: *[0-9]+ \|/ {
  good = 0; bad = 0; counted = 1
  fields = split($0, part, "|")
  for (i = 2; i <= fields; ++i) {
    if (part[i] ~ /passed/) good = part[i] + 0
    if (part[i] ~ /[0-9] failed/) bad = part[i] + 0
  }
}
/<\/testcase>/ { close_test() }
END {
  close_test()
  if (failed == 0 && (passed == 0 || status != 0)) failed = 1  # nothing ran: that is no success
  print passed + 0 " passed, " failed + 0 " failed"
  exit failed > 0
}
