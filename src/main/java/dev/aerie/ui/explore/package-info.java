/// The Explore screen: a collection as a map, and what a person marks on it.
///
/// Points are drawn by our own rasteriser into a pixel buffer, off the FX thread and at most one
/// picture at a time: while one is drawn, further wishes fold into one. Lasso, labels and the card
/// under the pointer lie on a canvas above it and cost nothing to redraw. Positions never change
/// while a map is shown; a grid over them answers what lies under the pointer.
///
/// Far away many points share a pixel, and a haze of their density lies under them; it fades as the
/// map comes nearer.
///
/// Not here: how maps are computed (`service.explore`).
@NullMarked
package dev.aerie.ui.explore;

import org.jspecify.annotations.NullMarked;
