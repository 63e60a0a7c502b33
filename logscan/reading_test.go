package logscan

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

const (
	plainBegin = "=== Logging started: 7/25/2025  16:37:07 ===\n"
	plainEnd   = "=== Logging stopped: 7/25/2025  16:37:09 ===\n"
	opened     = header + "7/25/2025  16:37:07  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\system32\\msiexec.exe ===\n"
	engine     = "MSI (s) (6C:28) [16:37:07:700]: "
	cached     = engine + "Warning: Local cached package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n"
	policy     = engine + "Machine policy value 'Debug' is 0\n"
	returns    = engine + "MainEngineThread is returning "
	lost1714   = "Error 1714. The older version of Agent cannot be removed.  System Error 1612.\n"
	nobody     = "Couldn't find local patch ''. Looking for it at its source.\n"
	tried      = engine + "Note: 1: 1706 2: -2147483647 3: vc_red.msi \n"
	resolved   = engine + "SOURCEMGMT: Resolved source to: 'C:\\x\\'\n"
	installed  = "Windows Installer installed the product. Product Name: A. Product Version: 2.0. Product Language: 1033. Manufacturer: C. Installation success or error status: "
)

// readAll scans and reads a log.
func readAll(t *testing.T, data []byte) (PatchLog, Reading) {
	t.Helper()
	log, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{Windows: windows})
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadLast(t.Context(), bytes.NewReader(data), int64(len(data)), log)
	if err != nil {
		t.Fatal(err)
	}
	return log, r
}

// What the last session came to is read in every encoding and with both line ends.
func TestReadLast(t *testing.T) {
	for name, tt := range map[string]struct {
		log  string
		want Reading // of Lost the text only
	}{
		"a session that went through": {opened + policy + returns + "0\n", Reading{}},
		"one that names its package":  {opened + cached + returns + "1612\n", Reading{}},
		"one that has not ended":      {opened + policy, Reading{Verbose: true}},
		"one that failed otherwise":   {opened + policy + returns + "1603\n", Reading{Verbose: true}},
		"1714 with 1612": {opened + lost1714 + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: lost1714}}},
		"1714 and its reason in the next line": {opened +
			"Error 1714. The older\nversion cannot be removed. System Error\n1612.\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: "1612.\n"}}},
		"1714 and its reason in words of its own in the next line": {opened +
			"Erreur 1714. La version\nne peut pas être supprimée. Erreur système : 1612.\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: "ne peut pas être supprimée. Erreur système : 1612.\n"}}},
		"and without its sentence's end": {opened +
			"Erreur 1714. La version\nne peut pas être supprimée. Erreur système : 1612\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: "Erreur 1714. La version\n"}}},
		"1714 and a reason that is broken": {opened + "> Error 1714. It cannot be removed. System Error 16\n> 12.\n" +
			returns + "1603\n", Reading{Verbose: true, Lost: Line{Text: "> 12.\n"}}},
		"1714 and another reason that is broken": {opened + "> Error 1714. It cannot be removed. System Error 16\n" +
			"> 03.\n" + returns + "1603\n", Reading{Verbose: true}},
		"a result in quoted-printable": {engine + "x\n" + returns + "161=\n2\n",
			Reading{Verbose: true, Doubt: Wrapped, GoesOn: true}},
		"1714 and another reason in the next line": {opened +
			"Error 1714. The older\nversion cannot be removed. System Error 1603.\n" + returns + "1603\n",
			Reading{Verbose: true}},
		"1714 and no reason": {opened + "Error 1714. It cannot be removed.\n" + returns +
			"1603\n", Reading{Verbose: true, Lost: Line{Text: "Error 1714. It cannot be removed.\n"}}},
		"a source that was not there": {opened + tried + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: tried}}},
		"a source of another package": {opened + engine +
			"SOURCEMGMT: Source is invalid due to invalid package code (product code doesn't match).\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: engine +
				"SOURCEMGMT: Source is invalid due to invalid package code (product code doesn't match).\n"}}},
		"a patch whose source is nowhere": {opened + tried + resolved + engine +
			"Could not find source for missing patch {A9E94B42-1A5D-4F3A-9B5C-0A0A0A0A0A0A}\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: engine +
				"Could not find source for missing patch {A9E94B42-1A5D-4F3A-9B5C-0A0A0A0A0A0A}\n"}}},
		"a result that a blank breaks": {opened + policy + returns + "1 602\n", Reading{Verbose: true, Doubt: Altered}},
		"a result with a letter in it": {opened + policy + returns + "16l3\n", Reading{Verbose: true, Doubt: Altered}},
		"and one that is told": {opened + policy + returns + "16l2\n",
			Reading{Verbose: true, Doubt: Altered, Lost: Line{Text: returns + "16l2\n"}}},
		"a letter for a result": {opened + policy + returns + "O\n", Reading{Verbose: true, Doubt: Altered}},
		"a zero and a letter":   {opened + policy + returns + "0O\n", Reading{Verbose: true, Doubt: Altered}},
		"digits of another script": {opened + policy + returns + "１６１２\n",
			Reading{Verbose: true, Doubt: Altered}},
		"a misread word before the result": {opened + policy + engine + "MainEngineThread is retuming 1603\n",
			Reading{Verbose: true, Doubt: Altered}},
		"a result with columns behind it": {opened + policy + returns + "0, 5\n", Reading{}},
		"and no line's end":               {opened + policy + returns + "1603" + policy, Reading{Verbose: true}},
		"cut before the result": {opened + policy + engine + "MainEngineThread is return",
			Reading{Verbose: true}},
		"a plain session that failed to resolve": {plainBegin + "SOURCEMGMT: Failed to resolve source\n" +
			"Action ended 16:37:07: INSTALL. Return value 3.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07", Failed: true,
				Lost: Line{Text: "SOURCEMGMT: Failed to resolve source\n"}}},
		"a patch alone": {nobody + returns[len(engine):] + "1635\n",
			Reading{Lost: Line{Text: returns[len(engine):] + "1635\n"}}},
		"a mention of a patch": {"I read in it: " + nobody,
			Reading{Doubt: OtherText, Sample: strings.TrimSpace("I read in it: " + nobody)[:60] + "…"}},
		"the beginning of a header":    {opened + policy + returns + "0\n" + header[:12], Reading{GoesOn: true}},
		"and behind a client's result": {opened + policy + clientReturns + "0\n" + header[:4], Reading{GoesOn: true}},
		"lines that are all shortened": {opened + engine + "Machine policy val…\n" + engine + "User policy val…\n" + policy,
			Reading{Verbose: true, Doubt: Altered}},
		"one that ends in dots": {opened + engine + "Resolving Patch source.....\n" + policy, Reading{Verbose: true}},
		"1714 without its end, and French": {"=== Journalisation démarrée : 25/07/2025  16:37:07 ===\n" +
			"Erreur 1714. La version précédente ne peut pas...\n" +
			"Action terminée à 16:37:09 : INSTALL. Valeur renvoyée : 3.\n" + plainEnd,
			Reading{Later: true, Started: "25/07/2025  16:37:07", Failed: true,
				Lost: Line{Text: "Erreur 1714. La version précédente ne peut pas...\n"}}},
		"one of two results is misread": {opened + policy + engine + "MainEngineThread is re turninq 1603\n" +
			clientReturns + "1603\n", Reading{Verbose: true, Doubt: Altered}},
		"a result in hex": {opened + engine + "MainEngineThread is returning 0x64C\n",
			Reading{Verbose: true, Lost: Line{Text: engine + "MainEngineThread is returning 0x64C\n"}}},
		"and then another one was": {opened + tried + resolved + returns + "1603\n",
			Reading{Verbose: true}},
		"a patch that could not be had": {opened + tried + resolved + engine +
			"Unable to create a temp copy of patch 'KB1.msp'.\n" + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: engine + "Unable to create a temp copy of patch 'KB1.msp'.\n"}}},
		"the server stops before the client": {opened + lost1714 + plainEnd + policy + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: lost1714}}},
		"the same without a header": {policy + lost1714 + plainEnd + policy + returns + "1603\n",
			Reading{Verbose: true, Lost: Line{Text: lost1714}}},
		"the same in another language": {policy + lost1714 +
			"=== Protokollierung beendet: 25.07.2025  16:37:09 ===\n" + policy,
			Reading{Verbose: true, Lost: Line{Text: lost1714}}},
		"lines left out": {opened + policy + "> [...]\n" + returns + "1603\n",
			Reading{Verbose: true, Partial: true}},
		"lines left out, not its reason": {opened + "Error 1920. Service\n...\n" + returns + "1603\n",
			Reading{Verbose: true}},
		"engine lines without a header": {policy + returns + "1603\n",
			Reading{Verbose: true, Partial: true}},
		"behind what a collector puts before them": {"<![LOG[" + policy, Reading{Verbose: true}},
		"a plain session": {plainBegin + "Action start 16:37:07: INSTALL.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07"}},
		"a plain session that went through": {plainBegin + installed + "0.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07", HasCode: true}},
		"a plain session that failed otherwise": {plainBegin + installed + "1603.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07", HasCode: true, Code: 1603}},
		"one of which only the action tells": {plainBegin + "Action ended 16:37:07: INSTALL. Return value 3.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07", Failed: true}},
		"a plain session that lost its source": {plainBegin + lost1714 + installed + "1603.\n" + plainEnd,
			Reading{Later: true, Started: "7/25/2025  16:37:07", HasCode: true, Code: 1603,
				Lost: Line{Text: lost1714}}},
		"a plain one behind it went through": {plainBegin + lost1714 + plainEnd + plainBegin + installed +
			"0.\n" + plainEnd, Reading{Later: true, Started: "7/25/2025  16:37:07", HasCode: true}},
		"a plain one behind a verbose one": {opened + cached + returns + "1612\n" + plainBegin + lost1714,
			Reading{Verbose: true, Later: true, Started: "7/25/2025  16:37:07", Lost: Line{Text: lost1714}}},
		"a plain one of another language": {"=== Protokollierung gestartet: 25.07.2025  16:37:07 ===\nFehler 1714. Systemfehler 1612.\n=== Protokollierung beendet: 25.07.2025  16:37:09 ===\n", Reading{Later: true, Started: "25.07.2025  16:37:07", Lost: Line{Text: "Fehler 1714. Systemfehler 1612.\n"}}},
		"a program with such a header": {plainBegin + "Executable: C:\\x.exe v1\n",
			Reading{Later: true, Started: "7/25/2025  16:37:07", Doubt: OtherText,
				Sample: strings.TrimSpace(plainBegin)}},
		"an error alone": {"PS> Get-Content x\n" + lost1714,
			Reading{Doubt: OtherText, Sample: "PS> Get-Content x", Lost: Line{Text: lost1714}}},
		"a word": {"test\n", Reading{Doubt: OtherText, Sample: "test"}},
		"a page": {"<!DOCTYPE html><html>\n",
			Reading{Doubt: WebPage, Sample: "<!DOCTYPE html><html>"}},
		"JSON": {`{"a": 1}`, Reading{Doubt: Data, Sample: `{"a": 1}`}},
		"the set-up log": {"1A2C\t0B4C\t07/25\t16:36:58.312\t71\tx.cpp(1)\n",
			Reading{Doubt: SetupLines, Sample: "1A2C 0B4C 07/25 16:36:58.312 71 x.cpp(1)"}},
		"the set-up log by its words": {"Directory Path for SetupLaunchScreen: C:\\x\n",
			Reading{Doubt: SetupLines, Sample: "Directory Path for SetupLaunchScreen: C:\\x"}},
		"lines broken by mail": {"> " + opened + "> " + engine +
			"Warning: Local\n> cached package 'C:\\Windows\\Installer\\3f2a91.msi'\n> is missing.\n",
			Reading{Verbose: true, Doubt: Wrapped}},
		"broken within the result": {opened + engine + "MainEngineThread is returning 16\n> 12\n",
			Reading{Verbose: true, Doubt: Wrapped, Lost: Line{Text: "> 12\n"}, GoesOn: true}},
		"a result that is cut short": {opened + policy + returns + "161",
			Reading{Verbose: true, GoesOn: true}},
		"a result of two digits": {opened + engine + "MainEngineThread is returning 13\n" + plainEnd,
			Reading{Verbose: true}},
		"lines that a table has shortened": {opened[:60] + "...\n" + engine + "Warning: Loca...\n" + engine +
			"MainEngineThread...\n", Reading{Verbose: true, Doubt: Altered}},
		"something behind a result": {opened + returns + "0\n" + plainEnd +
			"Update install failed with error 1612\n",
			Reading{Lost: Line{Text: "Update install failed with error 1612\n"}}},
		"the engine's usual lines behind a result": {opened + returns + "0\n" + policy +
			"=== Verbose logging stopped: 7/25/2025  16:37:09 ===\n", Reading{}},
		"a translated header": {"=== Registro detallado iniciado: 25/7/2025  16:37:07  Tipo de compilación: SHIP UNICODE ===\n" + policy, Reading{Verbose: true, Later: true, Started: "25/7/2025  16:37:07"}},
		"lines broken in a word": {opened + engine +
			"Warning: Local cach\ned package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n",
			Reading{Verbose: true, Doubt: Wrapped}},
		"quoted-printable": {opened + engine +
			"Warning: Local cach=\ned package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n",
			Reading{Verbose: true, Doubt: Wrapped}},
		"broken before the number": {opened + engine + "MainEngineThread is\nreturning 1612\n",
			Reading{Verbose: true, Doubt: Wrapped, Lost: Line{Text: "returning 1612\n"}}},
		"broken with a viewer's numbers": {"1  " + opened + "2  " + engine + "Failed to\n3  resolve source\n",
			Reading{Verbose: true, Doubt: Wrapped}},
		"blanks that do not break": {opened + engine +
			"Warning: Local\u00a0cached\u00a0package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n",
			Reading{Verbose: true, Doubt: Blanks}},
		"tabs for blanks": {opened + engine +
			"Warning:\tLocal\tcached\tpackage 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n",
			Reading{Verbose: true, Doubt: Blanks}},
		"two blanks for one": {opened + engine + "Failed  to resolve source\n",
			Reading{Verbose: true, Doubt: Blanks}},
		"blanks of HTML": {opened + engine + "Failed&nbsp;to&nbsp;resolve&nbsp;source\n",
			Reading{Verbose: true, Doubt: Altered}},
		"blanks of quoted-printable": {opened + engine + "Failed=20to=C2=A0resolve source\n",
			Reading{Verbose: true, Doubt: Altered}},
		"the apostrophe of HTML": {opened + engine + "Couldn&#39;t find local patch 'C:\\x.msp'.\n",
			Reading{Verbose: true, Doubt: Altered}},
		"capitals": {opened + strings.ToUpper(cached),
			Reading{Verbose: true, Doubt: Altered}},
		"letters apart": {"M S I  W a r n i n g :  L o c a l  c a c h e d  p a c k a g e\n",
			Reading{Doubt: Altered}},
		"translated": {engine +
			"Warnung: Das lokal zwischengespeicherte Paket 'C:\\Windows\\Installer\\312c0.msi' fehlt.\n",
			Reading{Verbose: true, Doubt: Translated}},
		"translated into Chinese": {engine + "警告：本地缓存的软件包 'C:\\Windows\\Installer\\312c0.msi' 丢失。\n",
			Reading{Verbose: true, Doubt: Translated}},
		"translated into French": {opened + engine +
			"Avertissement : le package local mis en cache « C: \\ Windows \\ Installer \\ 312c0.msi » est manquant.\n",
			Reading{Verbose: true, Doubt: Translated}},
		"translated, the name last": {opened + policy + engine +
			"Advertencia: falta el paquete en caché local 'C:\\Windows\\Installer\\312c0.msi'.\n" + returns + "1603\n",
			Reading{Verbose: true, Doubt: Translated}},
		"translated, no engine's line any more": {opened + policy +
			"MSI（s）（6C：28）：警告：本地缓存的软件包“C:\\Windows\\Installer\\312c0.msi”丢失。\n" + returns + "1603\n",
			Reading{Verbose: true, Doubt: Translated}},
		"a command that names a package": {opened + policy +
			"QuietExec: msiexec /x \"C:\\Windows\\Installer\\312c0.msi\" REBOOT=R\n" + engine +
			"Property(S): DATABASE = 'C:\\Windows\\Installer\\312c0.msi'\n" + returns + "1603\n",
			Reading{Verbose: true}},
		"translated without the warning": {engine + "Richtlinienwert des Computers ist 0\n" + engine +
			"Zähler vor der Erhöhung: 0\n", Reading{Verbose: true, Doubt: Translated}},
		"translated result": {opened + engine + "MainEngineThread gibt den Wert zurück\n",
			Reading{Verbose: true, Doubt: Translated}},
		"a package that the engine opens": {opened + engine +
			"Original package ==> C:\\Windows\\Installer\\1dab0d.msi\n" + engine +
			"SOFTWARE RESTRICTION POLICY: Verifying package --> 'C:\\Windows\\Installer\\1.msi' against software restriction policy\n", Reading{Verbose: true}},
		"and nothing but messages": {engine +
			"Produit : Agent -- Erreur 1714. La version ne peut pas. Erreur système : 1612.\n" + engine +
			"Windows Installer a installé le produit. Nom : A. Version : 4.0. Langue : 1036. Fabricant : N. " +
			"Réussite ou état d’erreur : 1603.\n", Reading{Verbose: true, Lost: Line{
			Text: engine + "Produit : Agent -- Erreur 1714. La version ne peut pas. Erreur système : 1612.\n"}}},
		"messages of a system that is not English": {opened + policy + engine +
			"Produkt: Agent -- Die Installation ist abgeschlossen.\n" + returns + "1602\n", Reading{Verbose: true}},
	} {
		for _, m := range modes {
			for _, end := range []string{"\n", "\r\n"} {
				_, got := readAll(t, encodeUnicode(strings.ReplaceAll(tt.log, "\n", end), m))
				want := tt.want
				want.Lost = Line{Text: strings.TrimSuffix(want.Lost.Text, "\n")}
				got.Lost = Line{Text: got.Lost.Text}
				if got != want {
					t.Errorf("%s, mode %v, line end %q: %+v, want %+v", name, m, end, got, want)
				}
			}
		}
	}
}

// encodeUnicode writes text with the byte order mark of mode m.
func encodeUnicode(text string, m mode) []byte { return encodeAs("\uFEFF"+text, m) }

// The line that tells is known by its number where its session's is.
func TestReadLastNumbersLines(t *testing.T) {
	_, r := readAll(t, []byte(opened+policy+returns+"0\n"+opened+policy+lost1714))
	if r.Lost.Number != 6 {
		t.Errorf("line %d", r.Lost.Number)
	}
	long := opened + strings.Repeat(policy, readMost/len(policy)+1) + lost1714
	if _, r = readAll(t, []byte(long)); r.Lost.Number != 0 || !r.TellsLost() || r.Doubt != NoDoubt {
		t.Errorf("%+v", r)
	}
}

// UTF-16 whose bytes are out of step is no text, however much of it can be read.
func TestReadLastOutOfStep(t *testing.T) {
	text := opened + strings.Repeat(policy, 4) + cached + returns + "1612\n"
	for name, change := range map[string]func(wide []byte) []byte{
		"a CR before each LF": func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("\n"),
				[]byte("\r\n"))
		},
		"no LF": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), nil) },
		"a byte lost on the way": func(b []byte) []byte {
			return append(b[:len(opened)*2+10],
				b[len(opened)*2+11:]...)
		},
		"the other byte order's mark": func(b []byte) []byte { b[0], b[1] = b[1], b[0]; return b },
		"zeros doubled": func(b []byte) []byte {
			return bytes.ReplaceAll(b[2:], []byte{0},
				[]byte{0, 0, 0})
		},
		"half of it single bytes": func(b []byte) []byte { return append(b, text[len(opened):]...) },
	} {
		for _, m := range []mode{little, bigEnd} {
			data := change(encodeUnicode(text, m))
			log, r := readAll(t, data)
			if len(log.Named) == 0 && log.LastSession.Error.Number == 0 && r.Doubt != Shifted {
				t.Errorf("%s, mode %v: %+v\n%+v", name, m, r, log)
			}
		}
	}
}

// Files that are no text say what they are.
func TestReadLastOfOtherFiles(t *testing.T) {
	for begin, want := range map[string]Doubt{
		"PK\x03\x04\x14\x00\x00\x00\x08\x00\x851z]@\xa0_f\xec\x01\x00\x00\x8aE\x00\x00\x0b\x00\x00\x00OBPatch.log\xed\x93": Archive,
		"\x1f\x8b\x08\x00\x00\x00\x00\x00":           Archive,
		"MSCF\x00\x00":                               Archive,
		"%PDF-1.7\n":                                 NotText,
		"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR":        NotText,
		"MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff": NotText,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00":   NotText,
		"[0AB0:0974][2025-07-25T16:37:07]i001: Burn": OtherText,
		"[2025-07-25 16:37:07] Info":                 OtherText,
		"[{\"a\": 1}]":                               Data,
		"[\n  \"=== x":                               Data,
		"<![LOG[Installation succeeded.]LOG]!>":      OtherText,
		"ElfFile\x00\x00\x00\x00\x00\x00\x00":        NotText,
	} {
		if _, r := readAll(t, []byte(begin)); r.Doubt != want {
			t.Errorf("%q: %+v", begin, r)
		}
	}
}

func TestReadLastStops(t *testing.T) {
	data := []byte(opened + strings.Repeat(policy, 2000))
	log, _ := readAll(t, data)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadLast(ctx, bytes.NewReader(data), int64(len(data)), log); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := ReadLast(t.Context(), bytes.NewReader(data[:100]), int64(len(data)), log); err == nil {
		t.Error("a log that became shorter is read")
	}
}

// clientReturns begins the last line that a session has, and unreadable is one that calls a file unusable which no
// warning names.
const (
	clientReturns = "MSI (c) (20:9C) [21:53:01:507]: MainEngineThread is returning "
	unreadable    = "Error 1316. C:\\Windows\\Installer\\7c2f00.msi\n"
)

// everyLine reads the last session of a short log without passing over what the scan has told.
func everyLine(t *testing.T, p *Pager, log PatchLog) Reading {
	t.Helper()
	x := reader{log: log, window: newWindow(), open: log.Sessions > 0}
	x.settle(p.size)
	from := log.Last.Line.Offset
	if err := p.each(t.Context(), x.window, from, p.size, max(log.Last.Line.Number, 1), x.line); err != nil {
		t.Fatal(err)
	}
	r, err := x.reading(t.Context(), p, from)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What the scan has told is not read line by line again, however long it is, and nothing is missed for that: neither a
// file that no warning names nor what comes behind the result.
func TestReadLastPassesOverWhatIsTold(t *testing.T) {
	long := strings.Repeat(policy, 3*findSize/len(policy))
	for name, tt := range map[string]struct{ log, want string }{
		"it went through":          {opened + long + clientReturns + "0\n", ""},
		"and then it failed":       {opened + long + clientReturns + "0\n" + plainBegin + lost1714, "later lost"},
		"it goes on":               {opened + long + clientReturns + "0\n" + engine + "Doing action: INSTALL\n", "goes on"},
		"it is named":              {opened + cached + long + clientReturns + "1612\n", ""},
		"and another one before":   {opened + unreadable + policy + cached + clientReturns + "1612\n", "7c2f00.msi"},
		"and another one behind":   {opened + cached + long + unreadable + clientReturns + "1612\n", "7c2f00.msi"},
		"in capitals":              {opened + cached + long + strings.ToUpper(unreadable), "7C2F00.MSI"},
		"without a result":         {opened + cached + long + unreadable + policy, "7c2f00.msi"},
		"behind the server's":      {opened + cached + returns + "1612\n" + long + unreadable, "7c2f00.msi"},
		"in an earlier session":    {opened + unreadable + long + opened + cached + clientReturns + "1612\n", ""},
		"far before the result":    {opened + unreadable + cached + long + clientReturns + "1612\n", ""},
		"of the file that is gone": {opened + strings.ReplaceAll(unreadable, "7c2f00", "3f2a91") + long + cached, ""},
	} {
		for _, m := range modes {
			_, r := readAll(t, encodeUnicode(tt.log, m))
			got := r.File[strings.LastIndexByte(r.File, '\\')+1:]
			switch {
			case r.Later && r.TellsLost():
				got = "later lost"
			case r.GoesOn:
				got = "goes on"
			}
			lines := strings.Split(tt.log, "\n")
			if got != tt.want || r.File != "" && !strings.Contains(lines[max(r.Unread.Number, 1)-1], r.File) {
				t.Errorf("%s, mode %v: %+v", name, m, r)
			}
		}
	}
}

// Reading fails on no log, and the line that tells is one of the log's.
func FuzzReadLast(f *testing.F) {
	for _, log := range []string{opened + cached, plainBegin + lost1714, opened + tried + resolved, "PK\x03\x04",
		engine + "MainEngineThread gibt 1612 zurück", "\xff\xfeM\x00S\x00\r\n\x00",
		opened + policy + clientReturns + "0\n" + plainBegin, opened + cached + unreadable + clientReturns + "1612\n" + policy,
		opened + unreadable + cached} {
		f.Add([]byte(log))
		f.Add(encodeUnicode(log, little))
		f.Add(encodeUnicode(log, bigEnd))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		log, r := readAll(t, data)
		if log.LastSession.WentThrough() && r.TellsLost() && !r.Later && r.Lost.Offset <= log.LastSession.CodeAt {
			t.Errorf("a session that went through tells %q", r.Lost.Text)
		}
		if r.Doubt == NoDoubt && !r.Verbose && !r.Later && log.Sessions == 0 && len(log.Named) == 0 && !log.Blank &&
			!log.LastSession.WentThrough() {
			t.Errorf("it is believed: %+v", r)
		}
		p, err := NewPager(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if all := everyLine(t, p, log); !all.Later && (all.File != r.File && r.Doubt == NoDoubt ||
			all.GoesOn != r.GoesOn && !log.named()) {
			t.Errorf("read %+v, and line by line %+v", r, all)
		}
		if !r.TellsLost() {
			return
		}
		lines, i, err := p.Around(r.Lost.Offset, 0, 0)
		if err != nil || len(r.Lost.Text) < pageText/4 && lines[i].Text != r.Lost.Text {
			t.Errorf("%q is not %q, %v", r.Lost.Text, lines[i].Text, err)
		}
	})
}
