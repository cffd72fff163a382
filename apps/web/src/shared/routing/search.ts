import { parseSearchWith } from '@tanstack/react-router';

/**
 * Reads the search of an address. A number that would not be written again as it stands (an ID number of 18 digits, a
 * code like 57E123) is text and stays text.
 */
export const parseSearch = parseSearchWith((text) => {
  const value: unknown = JSON.parse(text);
  return typeof value === 'number' && String(value) !== text ? text : value;
});
