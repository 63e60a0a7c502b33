package diagnose_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	gohtml "html"
	"mime/quotedprintable"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"marsfix/steps/walk/walktest"
)

// lossy is what copying does to words, lines or bytes.
var lossy = map[string]func(string) []byte{
	"mail at 50":                  func(s string) []byte { return []byte(walktest.Mailed(s, 50, "> ")) },
	"mail at 60":                  func(s string) []byte { return []byte(walktest.Mailed(s, 60, ">> ")) },
	"mail at 72":                  func(s string) []byte { return []byte(walktest.Mailed(s, 72, "")) },
	"mail at 76":                  func(s string) []byte { return []byte(walktest.Mailed(s, 76, "> ")) },
	"hard at 40":                  func(s string) []byte { return []byte(hard(s, 40, "")) },
	"hard at 50":                  func(s string) []byte { return []byte(hard(s, 50, "> ")) },
	"hard at 64":                  func(s string) []byte { return []byte(hard(s, 64, "")) },
	"hard at 72":                  func(s string) []byte { return []byte(hard(s, 72, "| ")) },
	"hard at 76":                  func(s string) []byte { return []byte(hard(s, 76, "")) },
	"hard at 80":                  func(s string) []byte { return []byte(hard(s, 80, "")) },
	"quoted-printable":            quotedPrintable,
	"a viewer's numbers, wrapped": func(s string) []byte { return []byte(numbered(hard(s, 48, ""))) },
	"blanks that do not break":    replaced(" ", "\u00a0"),
	"narrow blanks":               replaced(" ", "\u202f"),
	"figure blanks":               replaced(" ", "\u2007"),
	"tabs":                        replaced(" ", "\t"),
	"two blanks":                  replaced(" ", "  "),
	"no blanks":                   replaced(" ", ""),
	"underlines":                  replaced(" ", "_"),
	"HTML": func(s string) []byte {
		return []byte(strings.ReplaceAll(gohtml.EscapeString(s),
			"\n", "<br>\n"))
	},
	"HTML with blanks": func(s string) []byte {
		return []byte(strings.ReplaceAll(gohtml.EscapeString(s),
			" ", "&nbsp;"))
	},
	"coloured HTML": replaced("cached", "<b>cached</b>", "returning", "<i>returning</i>", "resolve",
		"<u>resolve</u>"),
	"JSON":               asJSON,
	"JSON of PowerShell": replaced("'", `\u0027`, `\`, `\\`, "\n", `\r\n`),
	"JSON of lines":      jsonLines,
	"a URL":              replaced(" ", "%20", "'", "%27", "\\", "%5C"),
	"letters apart":      apart,
	"capitals":           func(s string) []byte { return []byte(strings.ToUpper(s)) },
	"lower case":         func(s string) []byte { return []byte(strings.ToLower(s)) },
	"zero-width blanks": replaced("cached", "cac\u200bhed", "returning", "return\u200bing", "resolve",
		"re\u200bsolve"),
	"soft hyphens": replaced("cached", "cac\u00adhed", "returning", "return\u00ading", "resolve",
		"re\u00adsolve"),
	"German": replaced("Warning: Local cached package",
		"Warnung: Das lokal zwischengespeicherte Paket", "is missing", "fehlt", "Failed to resolve source",
		"Quelle konnte nicht aufgelöst werden", "MainEngineThread is returning",
		"MainEngineThread gibt Folgendes zurück:"),
	"French": replaced("Warning: Local cached package",
		"Avertissement : le package mis en cache local", "is missing", "est manquant", "Failed to resolve source",
		"Impossible de résoudre la source", "MainEngineThread is returning", "MainEngineThread renvoie"),
	"Spanish": replaced("Warning: Local cached package", "Advertencia: El paquete en caché local",
		"is missing", "falta", "Failed to resolve source", "No se pudo resolver el origen",
		"MainEngineThread is returning", "MainEngineThread está devolviendo"),
	"Italian": replaced("Warning: Local cached package",
		"Avviso: Il pacchetto memorizzato nella cache locale", "is missing", "manca", "Failed to resolve source",
		"Impossibile risolvere l'origine", "MainEngineThread is returning", "MainEngineThread sta restituendo"),
	"Dutch": replaced("Warning: Local cached package", "Waarschuwing: lokaal pakket in cache",
		"is missing", "ontbreekt", "Failed to resolve source", "Kan bron niet oplossen",
		"MainEngineThread is returning", "MainEngineThread retourneert"),
	"Chinese": replaced("Warning: Local cached package", "警告：本地缓存的软件包", "is missing.", "丢失。",
		"Failed to resolve source", "无法解析源", "MainEngineThread is returning", "MainEngineThread 正在返回"),
	"Japanese": replaced("Warning: Local cached package", "警告: ローカルにキャッシュされたパッケージ", "is missing.",
		"がありません。", "Failed to resolve source", "ソースを解決できませんでした", "MainEngineThread is returning",
		"MainEngineThread は次を返しています:"),
	"Russian": replaced("Warning: Local cached package",
		"Предупреждение: локальный кэшированный пакет", "is missing", "отсутствует", "Failed to resolve source",
		"Не удалось разрешить источник", "MainEngineThread is returning", "MainEngineThread возвращает"),
	"a byte before each LF": func(s string) []byte {
		return bytes.ReplaceAll(utf16Log(s, false), []byte("\n"),
			[]byte("\r\n"))
	},
	"a byte before each LF, big": func(s string) []byte {
		return bytes.ReplaceAll(utf16Log(s, true), []byte("\n"),
			[]byte("\r\n"))
	},
	"blanks for zeros": func(s string) []byte {
		return bytes.ReplaceAll(utf16Log(s, false), []byte("\x00"), []byte(" "))
	},
	"each LF lost": func(s string) []byte {
		return bytes.ReplaceAll(utf16Log(s, false),
			[]byte("\n"), nil)
	},
	"each CR lost": func(s string) []byte {
		return bytes.ReplaceAll(utf16Log(strings.ReplaceAll(s, "\n", "\r\n"), false), []byte("\r"), nil)
	},
	"an odd byte after the header": func(s string) []byte {
		b := utf16Log(s, false)
		return slices.Insert(b, 2*len(walktest.Opening)+1, 'x')
	},
	"the wrong mark":  func(s string) []byte { b := utf16Log(s, false); b[0], b[1] = b[1], b[0]; return b },
	"UTF-32":          utf32,
	"a NUL behind it": replaced("", "\x00"),
	"UTF-16 in UTF-8": func(s string) []byte {
		var b bytes.Buffer
		for _, c := range utf16Log(s, false) {
			b.WriteRune(rune(c))
		}
		return b.Bytes()
	},
	"a part only": func(s string) []byte { return []byte(s[:strings.Index(s, "cached package")]) },
}

func replaced(pairs ...string) func(string) []byte {
	return func(s string) []byte { return []byte(strings.NewReplacer(pairs...).Replace(s)) }
}

// hard breaks lines wherever their width ends.
func hard(s string, width int, quote string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		for line = strings.TrimRight(line, "\n"); len(line) > width; line = line[width:] {
			b.WriteString(quote + line[:width] + "\n")
		}
		b.WriteString(quote + line + "\n")
	}
	return b.String()
}

func numbered(s string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(s) {
		n++
		fmt.Fprintf(&b, "%5d  %s", n+1600, line)
	}
	return b.String()
}

func apart(s string) []byte {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		if !unicode.IsSpace(r) {
			b.WriteByte(' ')
		}
	}
	return []byte(b.String())
}

func quotedPrintable(s string) []byte {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	fmt.Fprint(w, s)
	w.Close() // it writes to memory
	return b.Bytes()
}

func asJSON(s string) []byte {
	b, err := json.Marshal(map[string]string{"log": s})
	if err != nil {
		panic(err)
	}
	return b
}

func jsonLines(s string) []byte {
	b, err := json.MarshalIndent(strings.Split(strings.ReplaceAll(s, "'", "\u2019"), "\n"), "", "  ")
	if err != nil {
		panic(err)
	}
	return b
}

// utf16Log writes UTF-16 with its mark.
func utf16Log(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

// asASCII writes a question mark for each other character, as Out-File does.
func asASCII(s string) []byte {
	return []byte(strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return '?'
		}
		return r
	}, s))
}

func utf32(s string) []byte {
	b := []byte{0xFF, 0xFE, 0, 0}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8), byte(r>>16), 0)
	}
	return b
}
