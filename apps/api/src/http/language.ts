export type Language = 'en' | 'km';

/** The language to speak in: the first of ours that the caller prefers (RFC 9110, 12.5.4), English when none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').split(',').map(readWish);
  const [best] = wishes.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  return wishes.length > 0 && best?.language === 'km' ? 'km' : 'en';
}

function readWish(wish: string): { language: Language | undefined; quality: number } {
  const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
  const language = tag.split('-')[0]?.trim();
  if (language !== 'en' && language !== 'km') return { language: undefined, quality: 0 };
  const quality = parameters.map((each) => each.trim()).find((each) => each.startsWith('q='));
  const number = quality === undefined ? 1 : Number(quality.slice(2));
  return { language, quality: Number.isFinite(number) ? number : 0 };
}
