// What the system knows of a TCP connection.
#pragma once

#include "server/rtmp/rtmp_conversation.h"

namespace saywell::net {

// Round trip and rate to the peer, of Linux's TCP_INFO; the other figures are 0, and so are these
// when the system does not tell.
ConnectionFigures tcp_figures(int socket);

}  // namespace saywell::net
