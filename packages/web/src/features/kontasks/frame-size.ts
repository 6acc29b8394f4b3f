/** As high as the stylesheet makes a frame whose report is not there, in pixels. */
const FIRST_HEIGHT = 160;
/** A report is shown whole up to this height, in pixels; a longer one scrolls. */
const MAX_HEIGHT = 2400;

/** How high the frame of a report is, and how high it would have to be. */
export interface FrameSize {
  readonly shown: number;
  readonly needed: number;
  /** Of the frame. */
  readonly width: number;
}

interface Measured {
  /** Of the report. */
  readonly height: number;
  readonly width: number;
  /** Whether what stands below may move now: nobody sees it yet, or the person is at the report. */
  readonly mayMove: boolean;
}

/**
 * The frame follows its report as long as that moves nothing under a pointer. A report that grows later, by itself or
 * because it came late, is whole when the person wants it.
 */
export function followReport(now: FrameSize | undefined, { height, width, mayMove }: Measured): FrameSize {
  const needed = Math.min(Math.ceil(height), MAX_HEIGHT);
  // Another width comes from the person, and moves everything else too.
  const isOtherWidth = now !== undefined && now.width !== width;
  return { shown: mayMove || isOtherWidth ? needed : (now?.shown ?? FIRST_HEIGHT), needed, width };
}
