package diagnose_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/walk/walktest"
)

// The variants that copies, mail programs, collectors, viewers and translators make of logs are made here, not
// collected: what is held is that none of them is called healthy that nobody knows to be, and that what does no harm
// changes nothing.

// languages say in which words an error and a system error are told.
var languages = map[string][2]string{
	"en": {"Product: Agent -- Error %d. The older version cannot be removed.", "System Error %d."},
	"de": {"Produkt: Agent -- Fehler %d. Die ältere Version kann nicht entfernt werden.", "Systemfehler %d."},
	"fr": {"Produit : Agent -- Erreur %d. L’ancienne version ne peut pas être supprimée.", "Erreur système %d."},
	"fr, a colon": {"Produit : Agent -- Erreur %d. La version précédente ne peut pas être supprimée.",
		"Erreur système : %d."},
	"es": {"Producto: Agent -- Error %d. No se puede quitar la versión anterior.", "Error del sistema %d."},
	"it": {"Prodotto: Agent -- Errore %d. Impossibile rimuovere la versione precedente.", "Errore di sistema %d."},
	"pt": {"Produto: Agent -- Erro %d. A versão mais antiga não pode ser removida.", "Erro do sistema %d."},
	"nl": {"Product: Agent -- Fout %d. De oudere versie kan niet worden verwijderd.", "Systeemfout %d."},
	"sv": {"Produkt: Agent -- Fel %d. Den äldre versionen kan inte tas bort.", "Systemfel %d."},
	"da": {"Produkt: Agent -- Fejl %d. Den ældre version kan ikke fjernes.", "Systemfejl %d."},
	"nb": {"Produkt: Agent -- Feil %d. Den eldre versjonen kan ikke fjernes.", "Systemfeil %d."},
	"fi": {"Tuote: Agent -- Virhe %d. Vanhempaa versiota ei voi poistaa.", "Järjestelmävirhe %d."},
	"pl": {"Produkt: Agent -- Błąd %d. Nie można usunąć starszej wersji.", "Błąd systemu %d."},
	"cs": {"Produkt: Agent -- Chyba %d. Starší verzi nelze odebrat.", "Systémová chyba %d."},
	"hu": {"Termék: Agent -- %d. hiba. A régebbi verzió nem távolítható el.", "Rendszerhiba: %d."},
	"tr": {"Ürün: Agent -- Hata %d. Eski sürüm kaldırılamıyor.", "Sistem Hatası %d."},
	"ru": {"Продукт: Agent -- Ошибка %d. Невозможно удалить старую версию.", "Системная ошибка %d."},
	"el": {"Προϊόν: Agent -- Σφάλμα %d. Δεν είναι δυνατή η κατάργηση.", "Σφάλμα συστήματος %d."},
	"zh": {"产品: Agent -- 错误 %d。无法删除旧版本。", "系统错误 %d。"},
	"tw": {"產品: Agent -- 錯誤 %d。無法移除舊版。", "系統錯誤 %d。"},
	"ja": {"製品: Agent -- エラー %d。古いバージョンを削除できません。", "システム エラー %d。"},
	"ko": {"제품: Agent -- 오류 %d. 이전 버전을 제거할 수 없습니다.", "시스템 오류 %d."},
	"he": {"מוצר: Agent -- שגיאה %d. לא ניתן להסיר.", "שגיאת מערכת %d."},
	"ar": {"المنتج: Agent -- الخطأ %d. تعذرت الإزالة.", "خطأ في النظام %d."},
}

// unnamed are logs whose last session lost its source and does not say which.
func unnamed() map[string]string {
	logs := map[string]string{}
	for _, code := range []int{1612, 1706, 1635, 1714} {
		logs[fmt.Sprintf("returns %d", code)] = walktest.Opening + walktest.UsualTalk + walktest.Returned +
			fmt.Sprint(code) + "\n" + walktest.Closing
		logs[fmt.Sprintf("returns %d, without a header", code)] = walktest.UsualTalk + walktest.Returned +
			fmt.Sprint(code) + "\n"
	}
	for _, code := range []int{0, 1603, 1612, 1602} {
		logs[fmt.Sprintf("fails to resolve, returns %d", code)] = walktest.Opening + walktest.UsualTalk +
			walktest.NoSourceLine + walktest.Returned + fmt.Sprint(code) + "\n" + walktest.Closing
	}
	logs["fails to resolve, and is cut"] = walktest.Opening + walktest.UsualTalk + walktest.NoSourceLine
	logs["an earlier session went through"] = walktest.Opening + walktest.UsualTalk + walktest.Returned + "0\n" +
		walktest.Closing + walktest.Opening + walktest.UsualTalk + walktest.NoSourceLine + walktest.Returned + "1612\n"
	logs["a custom action tells"] = walktest.Opening + walktest.UsualTalk +
		"CustomAction  returned actual error code 1612 (note this may not be 100% accurate)\n" +
		walktest.Returned + "1603\n"
	logs["the status tells"] = walktest.PlainLog("Windows Installer installed the product. Product Name: A. Product Version: 2.0. Product Language: 1033. Manufacturer: C. Installation success or error status: 1612.")
	for name, words := range languages {
		old, system := fmt.Sprintf(words[0], 1714), fmt.Sprintf(words[1], 1612)
		logs[name+", plain"] = walktest.PlainLog(old + "  " + system)
		logs[name+", plain, broken"] = walktest.PlainLog(old + "\n" + system)
		logs[name+", plain, no source"] = walktest.PlainLog(fmt.Sprintf(words[0], 1706))
		logs[name+", verbose"] = walktest.Opening + walktest.UsualTalk + walktest.EnginePre + old + "  " + system +
			"\n" + walktest.Returned + "1603\n" + walktest.Closing
		logs[name+", the message alone"] = old + "  " + system + "\n"
	}
	return logs
}

// others are files that are no log of Windows Installer.
func others(t *testing.T) map[string][]byte {
	t.Helper()
	var zipped, gzipped, table bytes.Buffer
	z := zip.NewWriter(&zipped)
	w, err := z.Create("OBPatch.log")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, walktest.FailingLog)
	g := gzip.NewWriter(&gzipped)
	fmt.Fprint(g, walktest.FailingLog)
	c := csv.NewWriter(&table)
	if err := c.WriteAll([][]string{{"Time", "Source", "Message"},
		{"16:37", "MsiInstaller", "Ende einer Transaktion"}}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"a zip": zipped.Bytes(), "a gzip": gzipped.Bytes(), "a table": table.Bytes(),
		"a sign-in page":      []byte("<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body>Please sign in.</body></html>"),
		"an old page":         []byte("\r\n\r\n<HTML><BODY>404</BODY></HTML>"),
		"access denied":       []byte("Get-Content : Access to the path 'C:\\Windows\\Temp\\OBPatch.log' is denied.\r\n"),
		"access denied, wide": utf16Log("Zugriff verweigert\r\n", false),
		"not found":           []byte("The system cannot find the file specified.\n"),
		"the other log":       []byte(walktest.FolderLine),
		"the other log, wide": utf16Log(strings.Repeat("0AB0\t0974\t08/04\t13:16:29.206\t18\tmtffile.cpp(1372)\t[0000000053582120]\t1FCFF8B4\t\tWARNING\tFailed: Hr: = [0x8000ffff]\r\n", 30), false),
		"a word":              []byte("test\r\n"), "a letter": []byte("x"), "a question mark": []byte("???"),
		"a picture": append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
			bytes.Repeat([]byte{0xA7, 0, 3}, 500)...),
		"a program": append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"),
			bytes.Repeat([]byte{0, 1, 0xEE}, 500)...),
		"a PDF":         []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
		"a document":    []byte("{\\rtf1\\ansi Warning}"),
		"a mail":        []byte("From: a@example.com\nTo: b@example.com\nSubject: OBPatch.log\n\nSee attachment.\n"),
		"XML":           []byte("<?xml version=\"1.0\"?><Events><Event/></Events>"),
		"a JSON error":  []byte(`{"error":{"code":"AccessDenied","message":"x"}}`),
		"a directory":   []byte(" Directory of C:\\Windows\\Temp\n\n07/25/2025  16:37           123,456 OBPatch.log\n"),
		"another log":   []byte("2025-07-25 16:37:07, Info  CBS  Starting TrustedInstaller initialization.\n2025-07-25 16:37:08, Info CBS Ending.\n"),
		"Burn's log":    []byte("[0AB0:0974][2025-07-25T16:37:07]i001: Burn v3.11.2, Windows v10.0\n[0AB0:0974][2025-07-25T16:37:09]i399: Apply complete, result: 0x0\n"),
		"a result":      []byte("The log says MainEngineThread is returning 0, all is well.\n"),
		"base64":        []byte("//49AD0APQAgAFYAZQByAGIAbwBzAGUAIABsAG8AZwBnAGkAbgBnACAAcwB0AGEAcgB0AGUAZAA6\n"),
		"WiX's opening": []byte("=== Logging started: 2026/10/08 10:39:00 ===\nExecutable: C:\\x.exe v18.8\n--- logging level: standard ---\n"),
		"and its times": []byte("[10/8/2026, 10:39:0] === Logging started: 2026/10/08 10:39:00 ===\n[10/8/2026, 10:39:0] Executable: C:\\x.exe v18.8\n[10/8/2026, 10:39:0] --- logging level: standard ---\n"),
		"noise":         bytes.Repeat([]byte("\x01\x7f\x90\xfe\x03\xc1\x88"), 300),
		"a link":        []byte("[InternetShortcut]\nURL=https://example.com/OBPatch.log\n"),
	}
}

func diagnoseLog(t *testing.T, log []byte) diagnose.Diagnosis {
	t.Helper()
	l, err := offline.New(walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": string(log),
		"Windows/Installer/x.txt": ""}))
	if err != nil {
		t.Fatal(err)
	}
	return walktest.Look(t, l)
}

func codes(d diagnose.Diagnosis) (list []string) {
	for _, p := range d.Problems {
		list = append(list, string(p.Code))
	}
	return list
}

// Nothing that is damaged, foreign, or tells of a lost source is called healthy.
func TestNoHealthyThatNobodyKnows(t *testing.T) {
	tried := 0
	try := func(name string, log []byte, allowed ...string) {
		tried++
		walktest.Row(t, name, func(t *testing.T) {
			d := diagnoseLog(t, log)
			if d.Verdict == look.Healthy || d.Verdict == look.Unclear && len(d.Problems) == 0 {
				t.Errorf("%s: %s: %s", name, d.Verdict, d.Reason)
				return
			}
			if d.Verdict == look.RepairNeeded && d.UniqueID != "3f2a91" {
				t.Errorf("%s: %q is named", name, d.UniqueID)
			}
			if d.Verdict == look.Unclear && !slices.ContainsFunc(allowed,
				func(code string) bool { return slices.Contains(codes(d), code) }) {
				t.Errorf("%s: %v, want one of %v: %s", name, codes(d), allowed, d.Reason)
			}
			if cs := codes(d); len(allowed) > 1 && slices.Contains(cs, "log-not-understood") &&
				cs[0] != "log-not-understood" {
				t.Errorf("%s: first of all the log is damaged: %v", name, cs)
			}
			if d.Line() != "" && !strings.HasPrefix(d.Line(), string(d.Verdict)+" ") {
				t.Errorf("%s: %s", name, d.Line())
			}
			fits(t, d)
		})
	}
	for name, log := range unnamed() {
		for _, end := range []string{"\n", "\r\n"} {
			text := strings.ReplaceAll(log, "\n", end)
			for coding, data := range map[string][]byte{"UTF-8": []byte(text), "ASCII": asASCII(text),
				"UTF-16LE": utf16Log(text, false),
				"UTF-16BE": utf16Log(text, true), "no mark": utf16Log(text, false)[2:]} {
				if coding == "no mark" && strings.IndexFunc(text,
					func(r rune) bool { return r > 0x24F && r < 0x2000 || r > 0x2100 }) >= 0 {
					continue // too few zeros to tell what it is
				}
				try(fmt.Sprintf("%s, %s, %q", name, coding, end), data, "source-lost-unnamed")
			}
		}
	}
	for name, change := range lossy {
		for _, end := range []string{"\n", "\r\n"} {
			try(fmt.Sprintf("%s, %q", name, end), change(strings.ReplaceAll(walktest.FailingLog, "\n", end)),
				"log-not-understood", "source-lost-unnamed", "log-unfinished")
			bare := strings.ReplaceAll(strings.ReplaceAll(walktest.FailingLog, walktest.Opening, ""), "\n", end)
			if name != "an odd byte after the header" {
				try(fmt.Sprintf("%s, %q, without a header", name, end), change(bare), "log-not-understood",
					"source-lost-unnamed", "log-unfinished")
			}
		}
	}
	for name, data := range others(t) {
		try(name, data, "log-not-understood")
	}
	if tried < 100 {
		t.Errorf("%d variants", tried)
	}
	t.Logf("%d variants", tried)
}

// What is no log is not called one, whatever it speaks of, and is never the source of a name.
func TestTextsThatSpeakOfALog(t *testing.T) {
	const warning = `Warning: Local cached package 'C:\Windows\Installer\3f2a91.msi' is missing.`
	const foreign, page, lost = "since it is some other text", "it is a web page, perhaps a sign-in page",
		", but a line in it reports a lost source, which it does not name."
	for text, want := range map[string]string{
		"Ticket 12\nIn OBPatch.log we found " + warning + "\n":                 "it is some other text.",
		"The log says: \"" + warning + "\" so I restored it.\n":                "it is some other text.",
		"<html><p>Fix 1612</p><p>Search the log for <code>" + warning + "\n":   page + ".",
		"<table><tr><td class=\"x\">" + warning + "</td></tr>\n":               "the log names it.",
		"SRV-042 OBPatch.log:12: " + warning + "\n":                            "the log names it.",
		"we see here MSI (s) (C0:E4): " + warning + "\n":                       "the log names it.",
		"$log -match 'System Error 1612'\n":                                    foreign + lost,
		"[0AB0:0974]e000: Error 0x8007064c: Failed to uninstall MSI package\n": foreign + lost,
		"<html><body>System Error 1612.</body></html>\n":                       page + lost,
	} {
		if d := diagnoseLog(t, []byte(text)); !strings.HasSuffix(d.Reason, want) ||
			(d.UniqueID != "") != (d.Verdict == look.RepairNeeded) {
			t.Errorf("%q: %s %q: %s", text, d.Verdict, d.UniqueID, d.Reason)
		}
	}
}

// harmless is what stands around lines and changes none of their words.
var harmless = map[string]func(string) []byte{
	"as it is":           func(s string) []byte { return []byte(s) },
	"CRLF":               replaced("\n", "\r\n"),
	"UTF-16":             func(s string) []byte { return utf16Log(s, false) },
	"UTF-16BE":           func(s string) []byte { return utf16Log(s, true) },
	"UTF-16 unmarked":    func(s string) []byte { return utf16Log(s, false)[2:] },
	"a byte off":         func(s string) []byte { return append([]byte("\n"), utf16Log(s, false)[2:]...) },
	"a viewer's numbers": func(s string) []byte { return []byte(numbered(s)) },
	"quoted": func(s string) []byte {
		return []byte(strings.TrimSuffix("> "+strings.ReplaceAll(s, "\n", "\n> "), "> "))
	},
	"grep": func(s string) []byte { return []byte(strings.ReplaceAll("1612:"+s, "\n", "\n1612:")) },
	"times before it": func(s string) []byte {
		return []byte(strings.ReplaceAll("2025-07-25 16:37:07 "+s, "\n", "\n2025-07-25 16:37:07 "))
	},
	"CSV": func(s string) []byte {
		return []byte(`"` + strings.ReplaceAll(s, "\n",
			"\",\"x\"\n\"") + `"`)
	},
	"CMTrace":             cmtrace,
	"NULs behind it":      func(s string) []byte { return append([]byte(s), make([]byte, 9000)...) },
	"empty lines between": replaced("\n", "\n\n"),
	"blanks at the ends":  replaced("\n", "   \n"),
	"ruled lines about it": func(s string) []byte {
		return []byte(strings.Repeat("─", 40) + "\n" + s + strings.Repeat("─", 40) + "\n")
	},
	"a page about it": func(s string) []byte { return []byte("<html><pre>\n" + s + "</pre></html>") },
}

func cmtrace(s string) []byte {
	var b strings.Builder
	for line := range strings.Lines(s) {
		fmt.Fprintf(&b, "<![LOG[%s]LOG]!><time=\"16:37:07.1\" date=\"07-25-2025\" component=\"x\" context=\"\" type=\"1\" thread=\"1612\" file=\"\">\n", strings.TrimRight(line, "\n"))
	}
	return []byte(b.String())
}

// What does no harm to the words changes no verdict.
func TestHarmlessCopiesOfLogs(t *testing.T) {
	const other = walktest.Opening + walktest.UsualTalk + walktest.EnginePre +
		"Product: Agent - Update '{C3E4DD1C-13B7-4378-ACB9-808516A235B2}' could not be installed. Error code 1642.\n" +
		walktest.Returned + "1642\n" + walktest.Closing
	for log, want := range map[string]struct {
		verdict look.Verdict
		says    string
	}{
		walktest.FailingLog: {look.RepairNeeded, `C:\Windows\Installer\3f2a91.msi is missing`},
		walktest.Opening + walktest.UsualTalk + walktest.Returned + "0\n" + walktest.Closing: {look.Healthy,
			"its last session (2025-07-25 16:37:07, log time) ended with 0"},
		walktest.Opening + walktest.UsualTalk + walktest.Returned + "3010\n" + walktest.Closing: {look.Healthy,
			"ended with 3010"},
		other: {look.Healthy, "failed for another reason, with 1642"},
		walktest.Opening + walktest.UsualTalk + walktest.ErrorEnd + walktest.Returned + "1603\n" +
			walktest.Closing: {look.Healthy, "with 1603"},
		strings.ReplaceAll(walktest.FailingLog, "is missing.\n", "is missing.\n") + walktest.Opening +
			walktest.UsualTalk + walktest.Returned + "1602\n": {look.RepairNeeded, "3f2a91.msi is missing"},
	} {
		for _, name := range slices.Sorted(maps.Keys(harmless)) {
			d := diagnoseLog(t, harmless[name](log))
			if d.Verdict != want.verdict || !strings.Contains(d.Reason, want.says) ||
				want.verdict == look.RepairNeeded && d.UniqueID != "3f2a91" {
				t.Errorf("%s of %q: %s: %s %v", name, log[len(log)-80:], d.Verdict, d.Reason, codes(d))
			}
		}
	}
}
