import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';

interface QrPictureProps {
  /** The code as SVG, made by the server. */
  svg: string;
  /** What it leads to, for who cannot see it. */
  text: string;
}

/** A QR code. Shown as an image, so that nothing in the SVG can run. */
function QrPicture({ svg, text }: QrPictureProps) {
  const { t } = useTranslation();
  return (
    <img
      className="qr"
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
      alt={t('qr', { text })}
    />
  );
}

interface PrintSheetProps {
  /** The paper's title, in big type. */
  title: string;
  /** The number people read out on the telephone. */
  number: string;
  qr?: QrPictureProps;
  children: ReactNode;
}

/** One sheet of paper: title, number and QR in big type, then what it says. */
export function PrintSheet({ title, number, qr, children }: PrintSheetProps) {
  return (
    <section className="print-sheet" aria-label={title}>
      <div className="print-head">
        <div>
          <h2>{title}</h2>
          <p className="print-number">{number}</p>
        </div>
        {qr && <QrPicture {...qr} />}
      </div>
      {children}
    </section>
  );
}

interface PrintButtonProps {
  label?: string;
  kind?: 'primary' | 'secondary';
  /** The sheet to print; drawn only while printing. */
  sheet: ReactNode;
}

/** Prints one sheet and nothing else of the page: the one way to paper. */
export function PrintButton({ label, kind, sheet }: PrintButtonProps) {
  const { t } = useTranslation();
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return;
    const done = () => setPrinting(false);
    document.documentElement.dataset.printing = 'true';
    window.addEventListener('afterprint', done);
    const soon = requestAnimationFrame(() => {
      try {
        window.print();
      } catch {
        // Nothing here can print: the button works again once something can.
        done();
      }
    });
    return () => {
      cancelAnimationFrame(soon);
      window.removeEventListener('afterprint', done);
      delete document.documentElement.dataset.printing;
    };
  }, [printing]);
  return (
    <>
      <Button kind={kind} onPress={() => setPrinting(true)}>
        {label ?? t('print')}
      </Button>
      {printing && createPortal(<div className="print-root">{sheet}</div>, document.body)}
    </>
  );
}
