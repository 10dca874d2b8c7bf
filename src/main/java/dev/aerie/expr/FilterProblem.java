package dev.aerie.expr;

/// Why a filter cannot be read.
///
/// @param offset of the first character it is about, from 0
/// @param length in characters; 0 at the end of the text
/// @param detail what is wrong and what would be right
public record FilterProblem(int offset, int length, String detail) {}
