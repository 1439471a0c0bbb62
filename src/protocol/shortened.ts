/** At most `characters` of the text and a mark that there was more; never half of a surrogate pair. */
export const shortened = (text: string, characters: number): string => {
  if (text.length <= characters) return text;
  const cutsPair = /[\ud800-\udbff]/.test(text.charAt(characters - 1));
  return `${text.slice(0, cutsPair ? characters - 1 : characters)}...`;
};
