// Reads a server's answers and writes requests to it.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell::client {

// Code 500 when the answer is no JSON object. Pure, as all functions here.
Result<boost::json::object> parse_answer(std::string_view text);

// The `errID` of an answer; 0 when it has none.
int code_of(const boost::json::object& answer);

// The answer's `errID` and `error`; 500 when it has none.
Status refusal_in(const boost::json::object& answer);

// The text of a field; empty when it is missing or no text.
std::string text_of(const boost::json::object& answer, std::string_view field);

std::string form_encoded(std::string_view text);

// A multipart/form-data body with the parts `request` and `audio`, separated by `boundary`.
std::string assess_body(const boost::json::object& request, std::span<const std::byte> audio,
                        std::string_view boundary);

}  // namespace saywell::client
