// The system's figures of a TCP connection.
#pragma once

#include "server/rtmp/rtmp_conversation.h"

namespace saywell::net {

// Round trip and rate to the peer, from Linux's TCP_INFO. The other figures are 0, and so are these
// if the system does not have them.
ConnectionFigures tcp_figures(int socket);

}  // namespace saywell::net
