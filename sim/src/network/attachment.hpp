// One life's attachment to the network: the seam, and the objects that it hands out. Each of them
// first asks whether its life still goes on, and is inert if not.
#pragma once

#include <preordain/seam/network.hpp>

#include "network/fabric.hpp"

namespace pre::sim {

class Attachment final : public seam::Network {
 public:
  Attachment(Life& life, Fabric& fabric) : life_(life), fabric_(fabric) {}
  std::unique_ptr<seam::Stream> connect(const seam::Endpoint& to, seam::Wake& wake) override;
  seam::NetResult<std::unique_ptr<seam::Listener>> listen(const seam::Endpoint& at,
                                                          seam::Wake& wake) override;
  seam::NetResult<std::unique_ptr<seam::Datagram>> open_datagram(const seam::Endpoint& at,
                                                                 seam::Wake& wake) override;
  std::unique_ptr<seam::Lookup> resolve(std::string_view host, std::uint16_t port,
                                        seam::Wake& wake) override;

 private:
  bool is_here(const seam::Endpoint& at) const;

  Life& life_;
  Fabric& fabric_;
};

}  // namespace pre::sim
