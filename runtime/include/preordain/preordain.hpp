// Everything that an actor program needs. The only umbrella.
#pragma once

#include <preordain/runtime/actor.hpp>
#include <preordain/runtime/system.hpp>
