import { type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/index.ts';

interface SignaturePadProps {
  /** The signature as a picture (data address), or null while nothing was drawn. */
  value: string | null;
  onChange: (picture: string | null) => void;
}

const PIXELS = { width: 900, height: 330 };
const PEN_PIXELS = 5;

/** A box to sign in with a finger or a pen. */
export function SignaturePad({ value, onChange }: SignaturePadProps) {
  const { t } = useTranslation('console');
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const isEmpty = value === null;
  useEffect(() => {
    if (isEmpty) clear(canvas.current);
  }, [isEmpty]);
  function place(event: PointerEvent<HTMLCanvasElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * PIXELS.width,
      y: ((event.clientY - box.top) / box.height) * PIXELS.height,
    };
  }
  function draw(event: PointerEvent<HTMLCanvasElement>) {
    const from = last.current;
    const pen = canvas.current?.getContext('2d');
    if (!from || !pen) return;
    const to = place(event);
    pen.lineWidth = PEN_PIXELS;
    pen.lineCap = 'round';
    pen.strokeStyle = '#000';
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last.current = to;
  }
  function end() {
    if (!last.current) return;
    last.current = null;
    onChange(canvas.current?.toDataURL('image/png') ?? null);
  }
  return (
    <div className="field">
      <span className="field-label">{t('handOver.sign')}</span>
      <span className="field-hint">{t('handOver.signHelp')}</span>
      <canvas
        ref={canvas}
        className="signature"
        width={PIXELS.width}
        height={PIXELS.height}
        role="img"
        aria-label={isEmpty ? t('handOver.sign') : t('handOver.signed')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = place(event);
        }}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {!isEmpty && (
        <p>
          <Button kind="quiet" onPress={() => onChange(null)}>
            {t('handOver.signAgain')}
          </Button>
        </p>
      )}
    </div>
  );
}

function clear(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, PIXELS.width, PIXELS.height);
}
