package logscan

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// inner begins the lines of an engine that runs within an action.
const inner = "MSI (s) (6C:30) [16:37:07:700]: "

// ordinaryLines are such as are passed over, of so many bytes or more.
func ordinaryLines(size int) string {
	lines := []string{
		policy,
		engine + "Component: {FFE6D16C-3F87-4192-AF94-DDBEFF165106}; Installed: Absent; Request: Local; Action: Null\n",
		engine + "Executing op: RegAddValue(,Value=1612,)\n",
		engine + "PROPERTY CHANGE: Adding SIZE property. Its value is '1612'.\n",
		engine + "SOURCEMGMT: Looking for sourcelist for product {7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F1612}\n",
		engine + "Note: 1: 2262 2: AdminProperties 3: -2147287038 \n",
		engine + "Opening existing patch 'C:\\WINDOWS\\Installer\\2ac5.msp'.\n",
		"Property(S): INSTALLDIR = C:\\Program Files\\Microsoft Azure Recovery Services Agent\\\n",
		"Action start 16:37:07: InstallFiles.\n",
		engine + "Doing action: InstallFiles\n",
		"SFXCA: Extracting custom action to temporary directory: C:\\Windows\\Installer\\MSI1F2.tmp-\\\n",
		"\n",
	}
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(lines[i*7%len(lines)])
	}
	return b.String()
}

// Nothing that tells is missed where the lines that are like most are passed over, wherever it stands, in any encoding.
func TestSkimMissesNothing(t *testing.T) {
	some, many := ordinaryLines(8<<10), ordinaryLines(skimTail+8<<10)
	tells := map[string]string{
		"nothing":                     "",
		"a message with its code":     lost1714,
		"in another language":         "Erreur 1706. Aucune source valide n'a été trouvée.\n",
		"in an engine line":           engine + "Product: Agent -- Fehler 1714. Systemfehler 1612.\n",
		"1612 in an engine line":      engine + "Product: Agent -- Systemfehler 1612.\n",
		"1635 in an engine line":      engine + "Product: Agent -- Fehler 1635.\n",
		"1706 in an engine line":      engine + "Product: Agent -- Fehler 1706.\n",
		"its reason in the next line": "Error 1714. The older\nversion cannot be removed. System Error\n1612.\n",
		"a number that is broken":     engine + "Product: Agent -- Systemfehler 16\n12.\n",
		"the note alone":              engine + "Note: 1: 1714 2: Agent 3: 1612 \n",
		"in words":                    engine + "Product: Agent -- The installation source for this product is not available.\n",
		"in German words":             engine + "Produkt: Agent -- Die Installationsquelle für dieses Produkt ist nicht verfügbar.\n",
		"a source that is invalid":    engine + "SOURCEMGMT: Source is invalid due to missing/inaccessible package.\n",
		"a result that is misread":    returns + "16l2\n",
		"a result in hex":             engine + "CustomAction Check returned actual error code 0x8007064C\n",
		"a cached file":               engine + "Note: 1: 2203 2: C:\\Windows\\Installer\\7c2f00.msi 3: -2147287038 \n",
		"a cached file in capitals":   engine + "NOTE: 1: 2203 2: C:\\WINDOWS\\INSTALLER\\7C2F00.MSI CANNOT BE OPENED\n",
		"a cached file in words":      unreadable,
		"a translated warning":        engine + "Warnung: Das lokale Paket 'C:\\Windows\\Installer\\7c2f00.msi' fehlt.\n",
		"lines left out":              "[...]\n",
		"a hole":                      engine + "Property" + strings.Repeat("\x00", 5000) + "1\n",
		"a later session":             plainEnd + plainBegin + lost1714,
		"a later one that is silent":  plainEnd + plainBegin,
		"another engine":              inner + "******* RunEngine:\n",
		"a source that was not there": tried,
		"a source that was there":     tried + resolved,
		"a lost patch":                nobody,
		"a long line":                 strings.Repeat("1612 ", headSize/4) + "\n" + lost1714,
		"another program's":           "Executable: x.exe\n",
	}
	n := 0
	for name, tell := range tells {
		for end, result := range map[string]string{"nothing": "", "1603": returns + "1603\n", "0": clientReturns + "0\n",
			"a message": installed + "1603.\n", "half a result": returns + "16",
			"another engine's result": inner + "MainEngineThread is returning 1603\n"} {
			for _, begin := range []string{opened, "", opened + policy + returns + "0\n" + opened} {
				m := modes[n%len(modes)]
				if n++; n%4 != 0 && (!everything() || raced) {
					continue // a sample, of which maps make another one each time
				}
				p, log := paged(t, encodeUnicode(begin+some+tell+many+result, m))
				all, err := read(t.Context(), p, log, false)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := read(t.Context(), p, log, true); err != nil || !reflect.DeepEqual(got, all) {
					t.Errorf("%s, begun with %.20q, ended with %s, mode %v:\n%+v, %v\nand all read\n%+v", name, begin, end, m,
						got, err, all)
				}
				if _, skimmed, err := readOnce(t.Context(), p, log, true); err != nil ||
					skimmed == log.LastSession.WentThrough() {
					t.Errorf("%s, ended with %s, mode %v: skimmed %v, %v", name, end, m, skimmed, err)
				}
			}
		}
	}
}

// paged opens and scans a log.
func paged(t *testing.T, data []byte) (*Pager, PatchLog) {
	t.Helper()
	log, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{Windows: windows})
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPager(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return p, log
}
