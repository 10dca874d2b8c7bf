/// Whether all is well: findings with evidence and a fix, a verdict for scripts, figures over time,
/// and a probe of the live recall.
///
/// [HealthFacts] is everything one look at an engine sees; a rule is a pure function from facts to
/// findings, so each can be provoked in a test. What an engine cannot tell is listed with the
/// reason instead of failing the look. [Meter] is an engine that measures what passes through it;
/// [History] keeps weeks of figures in constant space.
///
/// Not here: drawing, notifications, threads that look by themselves.
@NullMarked
package dev.aerie.service.health;

import org.jspecify.annotations.NullMarked;
