import { useTranslation } from 'react-i18next';
import { Notice } from '../../../shared/ui/index.ts';

/** Lines of a file that cannot be read, each with what is wrong. */
export function Problems({ problems }: { problems: readonly { line: number; problem: string }[] }) {
  const { t } = useTranslation('console');
  if (problems.length === 0) return null;
  return (
    <Notice tone="late" title={t('books.file.problems', { count: problems.length })}>
      <ul>
        {problems.slice(0, 20).map((one) => (
          <li key={`${one.line} ${one.problem}`}>{t('books.file.problemLine', { ...one })}</li>
        ))}
      </ul>
    </Notice>
  );
}
