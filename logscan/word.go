package logscan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isWordEnd reports whether a text ends in a word, also in one of a code page that was read as Windows-1252: there
// letters look like signs, and the second byte of some is one of ASCII. A copy as ASCII has "??" for a word of others,
// or nothing behind the dashes.
func isWordEnd(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	switch {
	case unicode.IsLetter(last), strings.HasSuffix(text, "??"), strings.HasSuffix(text, " --"), isEscaped(text):
		return true
	case last >= utf8.RuneSelf:
		return !strings.ContainsRune("。：，、；«»“”’", last)
	}
	return last > ' ' && before >= utf8.RuneSelf && !unicode.IsSpace(before) && !strings.ContainsRune(".:;,)-", last)
}

// isEscaped reports whether a text ends in a letter as a copy as ASCII writes it: "&#1072;", `\u0430`.
func isEscaped(text string) bool {
	begin, base := `\u`, 16
	code, entity := strings.CutSuffix(text[max(0, len(text)-len("&#12354;")):], ";")
	if entity {
		begin, base = "&#", 10
	}
	_, code, ok := strings.Cut(code, begin)
	n, err := strconv.ParseUint(code, base, 16)
	return ok && err == nil && unicode.In(rune(n), unicode.L, unicode.M)
}

// isUnspaced reports whether words of the script are written without blanks between them.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) || r == 'ー'
}

func isColon(r rune) bool { return r == ':' || r == '：' }

// entity is how HTML writes a blank that keeps a line from breaking.
const entity = "&nbsp;"

// unmarked is a text without the blanks and the marks at its end that set off what follows: brackets, quotes, stars,
// tags.
func unmarked(text string) string {
	for {
		bare := strings.TrimSuffix(strings.TrimRight(text, " \t\u00A0([\"'*`“”‘’„«"), entity)
		if tag := strings.LastIndexByte(bare, '<'); tag >= 0 && bare[len(bare)-1] == '>' {
			bare = bare[:tag]
		}
		if bare == text {
			return bare
		}
		text = bare
	}
}

// lastWord is the letters at a text's end.
func lastWord(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

// firstWord is the letters at a text's beginning.
func firstWord(text string) string {
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		return text[:end]
	}
	return text
}

// errorStems are parts of words for error, code, status and result.
var errorStems = [...]string{"err", "code", "stat", "result", "return", "exit", "fail", "fehl", "kod", "kód", "códig",
	"codig", "chyb", "hiba", "hata", "fout", "fejl", "feil",
	"virhe", "błąd", "ошибк", "код", "помилк", "σφάλμα", "κωδικ", "错误", "錯誤", "代码", "代碼", "エラー", "コード", "오류", "코드",
	"خطأ", "שגיאה"}

func isErrorWord(word string) bool {
	word = strings.ToLower(word)
	if word == "rc" || word == "hr" {
		return true
	}
	for _, stem := range errorStems {
		if strings.Contains(word, stem) {
			return true
		}
	}
	return false
}
