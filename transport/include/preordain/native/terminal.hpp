// Whether people are watching, and how wide their window is.
#pragma once

#include <cstdint>

namespace pre::native {

enum class Output : std::uint8_t { standard, error };

bool is_terminal(Output output) noexcept;
// Columns of the terminal, or of the variable COLUMNS, or 80.
unsigned terminal_width(Output output) noexcept;

}  // namespace pre::native
