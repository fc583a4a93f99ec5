/** Between two frames, in ms: the picture is drawn at most 20 times a second. */
const CALM = 50;
/** With reduced motion it steps. */
const STEP = 1000;

/** Frames of the page, calmer than the screen's; once a second where motion is to be reduced. */
export function nextFrame(callback: () => void): () => void {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let frame = 0;
  const timer = setTimeout(
    () => {
      frame = requestAnimationFrame(callback);
    },
    reduced ? STEP : CALM,
  );
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
