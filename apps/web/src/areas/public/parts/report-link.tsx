import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ComplaintSubject } from './complaint-form.tsx';

/** The report button that stands on every campaign and page (MZ/T 087). */
export function ReportLink({ subject }: { subject: ComplaintSubject }) {
  const { t } = useTranslation('public');
  return (
    <p>
      <Link
        to="/complaints"
        search={{ kind: subject.kind, ...(subject.code !== null && { code: subject.code }) }}
        className="soft small"
      >
        {t('complaint.report')}
      </Link>
    </p>
  );
}
