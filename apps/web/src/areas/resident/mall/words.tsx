import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { Notice } from '../../../shared/ui/index.ts';

type Product = RouteOutput<typeof routes.catalogue.mallProduct>;

/** The picture of goods, or their first character where there is none. */
export function ProductPicture({ product }: { product: Pick<Product, 'title' | 'picture'> }) {
  if (!product.picture)
    return (
      <span className="mall-picture mall-picture-none" aria-hidden="true">
        {[...product.title][0]}
      </span>
    );
  return (
    <img
      className="mall-picture"
      src={addressOf(routes.attachment.readPublic, {
        params: { attachmentId: product.picture.id },
        query: { size: 'small' },
      })}
      width={product.picture.widthPixels}
      height={product.picture.heightPixels}
      alt=""
      loading="lazy"
    />
  );
}

/** What a buyer reads of a charity sale before paying: whom everything goes to, and that she buys and does not give. */
export function CharityNote({ charity }: { charity: NonNullable<Product['charity']> }) {
  const { t } = useTranslation('mall');
  return (
    <Notice title={t('charity', { name: charity.name })}>
      <p>{charity.words}</p>
      <p>
        <Link to="/charity-sales/$number" params={{ number: charity.number }}>
          {t('charityPage')}
        </Link>
      </p>
    </Notice>
  );
}

/** What a price is for, in words: `/袋`, `/500 克`. */
export function usePer() {
  const { t } = useTranslation('mall');
  return ({ unit, perQuantity }: { unit: string; perQuantity: number }) =>
    t('per', { per: perQuantity === 1 ? unit : `${perQuantity} ${unit}` });
}
