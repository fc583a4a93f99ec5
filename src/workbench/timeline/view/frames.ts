/** Between two frames, in ms: the picture is drawn at most 20 times a second. */
const CALM = 50;
/** With reduced motion it steps. */
const STEP = 1000;
/** A picture with many jobs takes its time: so many times that must pass before the next (at most STEP). */
const REST = 3;

/**
 * Frames of the page, calmer than the screen's; once a second where motion is to be reduced. Drawing takes
 * a fourth of the page's time at most, so that everything else goes on beside it.
 */
export function createFrames(): (callback: () => void) => () => void {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let took = 0;

  function draw(callback: () => void) {
    const began = performance.now();
    callback();
    // A task after the frame: layout and paint are done by then.
    setTimeout(() => (took = performance.now() - began));
  }

  return (callback) => {
    const wait = reduced.matches ? STEP : Math.min(Math.max(CALM, took * REST), STEP);
    let frame = 0;
    const timer = setTimeout(() => (frame = requestAnimationFrame(() => draw(callback))), wait);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  };
}
