/// The sample collection: WordNet, embedded on this machine, in any engine.
///
/// Not here: the texts themselves (`dataset`) and the model (`embed`).
@NullMarked
package dev.aerie.service.sample;

import org.jspecify.annotations.NullMarked;
