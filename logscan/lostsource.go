package logscan

import (
	"strings"
	"unicode/utf8"
)

// The codes of Windows Installer that say that a source is lost.
// (https://learn.microsoft.com/windows/win32/msi/error-codes, …/msi/windows-installer-error-messages)
const (
	noSource      = 1612 // the installation source for this product is not available
	noPatch       = 1635 // the patch package could not be opened
	noValidSource = 1706 // no valid source could be found
	notRemoved    = 1714 // the older version cannot be removed; its reason stands at its end, "System Error 1612."
)

// fatalError is the result of a session whatever went wrong in it.
const fatalError = 1603

// tellsOther reports whether a line says what went wrong: an action other than those that hold all failed, or an error
// with a code of its own.
func tellsOther(text string) bool {
	for _, begin := range silentLines {
		if strings.HasPrefix(text, begin) {
			return false
		}
	}
	if strings.Contains(text, "eturn value 3") && !strings.Contains(text, ": INSTALL.") &&
		!strings.Contains(text, ": RemoveExistingProducts.") && !strings.Contains(text, ": ExecuteAction.") {
		return true
	}
	for n := range codesIn(text) {
		if n.value > 1100 && n.value < 3000 && n.value != fatalError && n.isCode("") {
			return true
		}
	}
	return strings.Contains(text, " actual error code ")
}

// isLostSource reports whether a result means that a source is lost. 1714 as a result has no reason.
func isLostSource(code int) bool {
	return code == noSource || code == noPatch || code == noValidSource || code == notRemoved
}

// isSourceTried reports whether an engine line says that one source was not there, or did not have a patch.
func isSourceTried(text string) bool {
	return strings.Contains(text, "Source is invalid due to ") ||
		strings.Contains(text, "1: 1706 2: ") ||
		strings.Contains(text, "Unable to create a temp copy of patch ") ||
		strings.Contains(text, "Could not find source for missing patch ")
}

// silentLines begin lines whose numbers are no error codes but values: of properties, registry entries, processes.
var silentLines = [...]string{"PROPERTY CHANGE: ", "Property(", "Executing op: ", "Component: ", "Feature: ",
	"RESTART MANAGER: ", "Machine policy value ",
	"User policy value ", "Note: 1: "}

// lostWords are what the codes mean, in English, where a message stands without its code.
var lostWords = [...]string{"installation source for this product is not available",
	"on a network resource that is unavailable", "patch package could not be opened",
	"update package could not be opened", "ERROR_INSTALL_SOURCE_ABSENT",
	"nstallatiebron voor dit product is niet beschikbaar"}

// foreignWords are parts of what 1612 means in other languages, as Windows says it: two of a sentence.
// (https://learn.microsoft.com/de-de/windows/win32/msi/error-codes, and so on)
var foreignWords = [...][2]string{{"nstallationsquelle für ", "nicht verfügbar"}, {"source d", "est pas disponible"},
	{"origen de instalación", "no está disponible"}, {"installazione", "non è disponibile"},
	{"instalação", "não está disponível"}, {"Источник установки", "недоступен"},
	{"instalacji tego produktu", "niedostępn"}, {"nstallationskällan för ", "inte tillgänglig"},
	{"nstalační zdroj", "není k dispozici"}, {"ükleme kaynağı", "kullanılamıyor"}, {"安装源", "不可用"},
	{"安装源", "无法使用"}, {"安裝來源", "無法使用"}, {"インストール ソース", "できません"}, {"설치 원본", "수 없습니다"}}

// lostInWords reports whether a text says in words, of whatever language, what the codes mean.
func lostInWords(text string) bool {
	for _, words := range lostWords {
		if strings.Contains(text, words) {
			return true
		}
	}
	if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return false // as nearly all lines
	}
	for _, w := range foreignWords {
		if strings.Contains(text, w[0]) && strings.Contains(text, w[1]) {
			return true
		}
	}
	return false
}

// lostInNote reports whether the fields of a note about 1714 have a lost source for its reason, "2: Agent 3: 1612 ",
// whatever a collector has put behind them.
func lostInNote(note string) bool {
	for n := range codesIn(note) {
		if isLostSource(n.value) && strings.HasSuffix(unmarked(note[:n.at]), ":") && endsCode(note[n.end:]) {
			return true
		}
	}
	reason, _ := endNumber(note)
	return isLostSource(reason)
}

// lostIn reports whether a line names one of the codes, whatever the language about it. open: it names 1714, whose
// reason may stand in the next line. before is the line before, which a message may have been broken from.
func lostIn(text, before string) (told, open bool) {
	if _, note, ok := strings.Cut(text, "Note: 1: 1714 "); ok {
		return lostInNote(note), false
	}
	for _, begin := range silentLines {
		if strings.HasPrefix(text, begin) {
			return false, false
		}
	}
	if lostInWords(text) {
		return true, false
	}
	for n := range codesIn(text) {
		switch {
		case !isLostSource(n.value) || !n.isCode(before):
		case n.value != notRemoved:
			return true, false
		default:
			reason, ok := endNumber(text[n.end:])
			if isLostSource(reason) {
				return true, false
			}
			open = open || !ok
		}
	}
	return false, open
}
