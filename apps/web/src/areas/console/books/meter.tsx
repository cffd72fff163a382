interface MeterProps {
  /** Said to who cannot see it. */
  label: string;
  /** Hundredths of a percent. */
  value: number;
  limit: number;
  /** The end of the scale. */
  most: number;
  kept: boolean;
}

/** A share on a scale with the line it must keep. */
export function Meter({ label, value, limit, most, kept }: MeterProps) {
  const place = (of: number) => Math.min(100, (of / most) * 100);
  return (
    <svg className="meter" viewBox="0 0 100 12" preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <rect className="bar-ground" y="2" width="100" height="8" />
      <rect
        className="bar-value"
        data-tone={kept ? 'done' : 'late'}
        y="2"
        width={place(value)}
        height="8"
      />
      <rect className="meter-line" x={Math.min(99.4, place(limit))} width="0.6" height="12" />
    </svg>
  );
}
