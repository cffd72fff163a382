import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/index.ts';
import { useKept } from './kept.ts';

interface PhrasesProps {
  /** What they are for; own phrases are kept on this device under it. */
  kind: string;
  /** Ready-made phrases, divided by `|`. */
  ready: string;
  text: string;
  onChange: (text: string) => void;
}

const none: readonly string[] = [];

/** Common phrases: one tap adds one to what is written; one's own can be kept. */
export function Phrases({ kind, ready, text, onChange }: PhrasesProps) {
  const { t } = useTranslation('console');
  const [own, setOwn] = useKept(`phrases:${kind}`, none);
  const all = [...own, ...ready.split('|').filter((phrase) => phrase !== '')];
  const typed = text.trim();
  return (
    <div className="phrases" role="group" aria-label={t('need.field.phrases')}>
      {all.map((phrase) => (
        <button
          key={phrase}
          type="button"
          className="phrase"
          onClick={() => onChange(typed === '' ? phrase : `${typed}${phrase}`)}
        >
          {phrase}
        </button>
      ))}
      {typed !== '' && typed.length <= 60 && !all.includes(typed) && (
        <Button kind="quiet" onPress={() => setOwn([typed, ...own].slice(0, 8))}>
          {t('need.field.ownPhrase')}
        </Button>
      )}
    </div>
  );
}
