import { useTranslation } from 'react-i18next';
import { TextField } from '../../../shared/ui/index.ts';
import { useAt } from './editing.tsx';

interface BothFieldsProps {
  /** What of the definition is said in both languages. */
  path: readonly string[];
  label: string;
  labelEn: string;
  hint?: string;
}

/** A line in Chinese and, if somebody writes it, in English. */
export function BothFields({ path, label, labelEn, hint }: BothFieldsProps) {
  const { t } = useTranslation('console');
  const at = useAt();
  return (
    <>
      <TextField {...at(...path, 'zh')} label={label} hint={hint} maxLength={200} />
      <TextField
        {...at(...path, 'en')}
        label={labelEn}
        hint={t('program.frame.enHint')}
        maxLength={400}
        optional
      />
    </>
  );
}
