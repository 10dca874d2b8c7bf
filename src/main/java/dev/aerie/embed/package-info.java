/// Text to vector: in this process, or over a URL that speaks the OpenAI embeddings protocol.
///
/// The model in the process is MiniLM (all-MiniLM-L6-v2, quantised to 8 bits), 384 components of
/// unit length, whose weights and tokenizer come with a library, so nothing is downloaded. Its
/// quantisation takes its scales from the whole tensor it is given, so in a padded batch a text's
/// vector would depend on its neighbours (similarity down to 0.97 against the text alone, measured
/// on 3,000 WordNet glosses), and a batch was no faster on processors without 8-bit dot products.
/// Each text is therefore a run of its own, and several runs go side by side.
///
/// Not here: which text of a row is embedded, and what is done with the vectors.
@NullMarked
package dev.aerie.embed;

import org.jspecify.annotations.NullMarked;
