import { addressOf } from '../api/client.ts';
import { routes } from '@wennuan/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '../api/refusal.ts';
import { uploadPicture } from '../api/upload.ts';
import { Button } from './button.tsx';
import { useFieldId } from './fields.tsx';
import { useRefusalText } from './form.tsx';

interface PhotoFieldProps {
  label: string;
  hint?: string;
  name: string;
  /** Identifiers of pictures the server has. */
  value: readonly string[];
  onChange: (attachmentIds: string[]) => void;
  most?: number;
}

interface Sending {
  key: number;
  preview: string;
  share: number;
  state: 'sending' | 'waiting' | 'failed';
  message: string;
}

const LONGEST_PIXELS = 2_000;
const AGAIN_MILLIS = 4_000;
let lastKey = 0;

/** Makes a picture small enough for a slow network where the browser can read it; else leaves it as it is. */
async function shrunk(file: File): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_PIXELS / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', 0.85),
    );
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

/** Sends pictures one by one, each until it is there or refused; waits out a lost network. */
function useUploads(onSent: (attachmentId: string) => void) {
  const text = useRefusalText();
  const [items, setItems] = useState<readonly Sending[]>([]);
  const gone = useRef(new Set<number>());
  const sent = useRef(onSent);
  sent.current = onSent;
  useEffect(() => {
    const dropped = gone.current;
    return () => {
      for (let key = 1; key <= lastKey; key++) dropped.add(key);
    };
  }, []);
  const patch = (key: number, change: Partial<Sending>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...change } : item)));
  const drop = (key: number) => {
    gone.current.add(key);
    setItems((now) => now.filter((item) => item.key !== key));
  };
  async function send(file: File) {
    const key = ++lastKey;
    gone.current.delete(key);
    const item = { key, preview: URL.createObjectURL(file), share: 0, message: '' };
    setItems((now) => [...now, { ...item, state: 'sending' as const }]);
    const picture = await shrunk(file);
    while (!gone.current.has(key)) {
      try {
        const { id } = await uploadPicture(picture, file.name || 'photo.jpg', (share) =>
          patch(key, { share, state: 'sending' }),
        );
        if (!gone.current.has(key)) sent.current(id);
        return drop(key);
      } catch (thrown) {
        const refusal = asRefusal(thrown);
        patch(key, { state: refusal.passing ? 'waiting' : 'failed', message: text(refusal) });
        if (!refusal.passing) return;
        await pause(AGAIN_MILLIS);
      }
    }
  }
  return { items, send, drop };
}

/** Photos from the camera or the album: shown at once, sent in the background, kept trying without network. */
export function PhotoField({ label, hint, name, value, onChange, most = 9 }: PhotoFieldProps) {
  const { t } = useTranslation();
  const now = useRef(value);
  now.current = value;
  const { items, send, drop } = useUploads((attachmentId) => {
    // Two pictures may arrive before the form is drawn again; the second must not forget the first.
    now.current = [...now.current, attachmentId];
    onChange([...now.current]);
  });
  const id = useFieldId(name);
  const room = most - value.length - items.length;
  return (
    <fieldset className="field">
      <legend className="field-label">{label}</legend>
      <span className="field-hint" id={`${id}-hint`}>
        {hint} {t('photo.hint', { most })}
      </span>
      <ul className="photos">
        {value.map((attachmentId, place) => (
          <li key={attachmentId} className="photo">
            <img
              src={addressOf(routes.attachment.read, {
                params: { attachmentId },
                query: { size: 'small' },
              })}
              alt={t('photo.picture', { place: place + 1 })}
            />
            <Button
              kind="quiet"
              label={t('photo.takeOut', { place: place + 1 })}
              onPress={() => onChange(value.filter((other) => other !== attachmentId))}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
        {items.map((item) => (
          <li key={item.key} className="photo">
            <img src={item.preview} alt="" />
            {item.state === 'sending' && (
              <progress
                value={item.share}
                max={1}
                aria-label={t('photo.sending', { share: Math.round(item.share * 100) })}
              />
            )}
            <span role="status">
              {item.state === 'waiting' && t('photo.waiting')}
              {item.state === 'failed' && t('photo.failed', { why: item.message })}
            </span>
            <Button kind="quiet" onPress={() => drop(item.key)}>
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      {room > 0 && (
        <label className="photo-add">
          <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            aria-hidden="true"
          >
            <path d="M4 7h4l2-3h4l2 3h4v12H4z" />
            <circle cx="12" cy="13" r="3.5" />
          </svg>
          <span>{t('photo.add')}</span>
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              for (const file of [...(event.target.files ?? [])].slice(0, room)) void send(file);
              event.target.value = '';
            }}
          />
        </label>
      )}
    </fieldset>
  );
}
