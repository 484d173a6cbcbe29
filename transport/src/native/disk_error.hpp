// From errno to the seam's words.
#pragma once

#include <preordain/seam/storage.hpp>

namespace pre::native {

seam::DiskError disk_error(int number) noexcept;

}  // namespace pre::native
