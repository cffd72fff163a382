import { useDraft } from '../../../shared/draft.ts';

export interface CartLine {
  variantId: string;
  title: string;
  unit: string;
  /** Pieces that one step takes: 1, or 500 grams. */
  step: number;
  quantity: number;
  /** The price the buyer saw for a step; another one at ordering is refused, not charged. */
  shownPriceFen: number;
}

interface Cart {
  placeId: string;
  lines: CartLine[];
}

const EMPTY: Cart = { placeId: '', lines: [] };

/** The cart, kept on the device. */
export function useCart() {
  const { value, update, clear } = useDraft<Cart>('mall:cart', EMPTY);
  const setQuantity = (variantId: string, quantity: number) =>
    update({
      lines: value.lines
        .map((line) => (line.variantId === variantId ? { ...line, quantity } : line))
        .filter((line) => line.quantity > 0),
    });
  return {
    ...value,
    clear,
    setQuantity,
    choosePlace: (placeId: string) => update({ placeId }),
    /** Puts so many into it, on top of what is there. */
    add(line: CartLine) {
      const before = value.lines.find((one) => one.variantId === line.variantId);
      const rest = value.lines.filter((one) => one.variantId !== line.variantId);
      update({ lines: [...rest, { ...line, quantity: line.quantity + (before?.quantity ?? 0) }] });
    },
    /** Takes over the prices that were shown last. */
    setShown(prices: ReadonlyMap<string, number>) {
      update({
        lines: value.lines.map((line) => ({
          ...line,
          shownPriceFen: prices.get(line.variantId) ?? line.shownPriceFen,
        })),
      });
    },
  };
}
