package logscan

import "strings"

// gapWords say that lines were left out, where such a word stands in a line of its own between marks.
var gapWords = [...]string{"snip", "omit", "truncated", "removed", "skipped", "hidden", "lines", "brevity", "8<", ">8",
	"gekürzt", "ausgelassen", "zeilen", "lignes", "tronqu", "líneas", "righe", "omess", "строк", "省略", "行", "생략"}

// longestGap is how many bytes such a line has at most.
const longestGap = 80

// isGap reports whether a line stands for others that were left out: "...", "[…]", "<snip>", "-- Lines omitted --", or
// a hole of NULs.
func isGap(text string) bool {
	if strings.Contains(text, "\x00\x00\x00\x00") {
		return true
	}
	text = strings.Trim(text, " \t>|")
	if text == "" || len(text) > longestGap || isLetter(text[0]) || isDigit(text[0]) {
		return strings.EqualFold(text, "snip") || strings.EqualFold(text, "snipped")
	}
	folded := fold(text)
	for _, word := range gapWords {
		if strings.Contains(folded, word) {
			return true
		}
	}
	text = strings.TrimLeft(text, "[(<-* ")
	return strings.HasPrefix(text, "..") || strings.HasPrefix(text, "…")
}
