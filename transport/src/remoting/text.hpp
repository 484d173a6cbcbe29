// Text that strangers sent, made fit for logs and for protobuf strings.
#pragma once

#include <string>
#include <string_view>

namespace pre::remoting {

bool is_utf8(std::string_view text) noexcept;

// At most `size_max` bytes of `text`, with '?' for control characters, and for everything that is
// not ASCII if the text is not UTF-8.
std::string clean_text(std::string_view text, std::size_t size_max);

}  // namespace pre::remoting
