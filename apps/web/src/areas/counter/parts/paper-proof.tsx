import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextField } from '../../../shared/ui/index.ts';

interface PaperProofProps {
  onProof: (proof: string) => void;
  onBack: () => void;
}

/** A paper alone pays nothing: her word, or the last digits of her ID number, go to the server and stay nowhere. */
export function PaperProof({ onProof, onBack }: PaperProofProps) {
  const { t } = useTranslation('counter');
  const [proof, setProof] = useState('');
  // What she says is typed here, not into the field for codes and cash.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return (
    <form
      ref={form}
      className="till-narrow"
      onSubmit={(event) => {
        event.preventDefault();
        onProof(proof);
      }}
    >
      <TextField
        name="proof"
        label={t('pay.proof')}
        hint={t('pay.proofHint')}
        value={proof}
        onChange={setProof}
        short
      />
      <div className="form-actions">
        <Button type="submit" kind="primary">
          {t('pay.check')}
        </Button>
        <Button onPress={onBack}>{t('pay.back')}</Button>
      </div>
    </form>
  );
}
