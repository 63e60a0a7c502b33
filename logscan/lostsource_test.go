package logscan

import (
	"strings"
	"testing"
)

// A code tells in every language, wherever messages have it; sizes, ids, versions and values with the same digits do
// not.
func TestLostIn(t *testing.T) {
	for text, want := range map[string]bool{
		"Product: Agent -- Error 1706. No valid source could be found for product Agent.":                  true,
		"Error 1714. The older version of Agent cannot be removed.  System Error 1612.":                    true,
		"Produkt: Agent -- Fehler 1714. Die ältere Version kann nicht entfernt werden. Systemfehler 1612.": true,
		"Erreur 1714. L’ancienne version ne peut pas être supprimée. Erreur système 1612.":                 true,
		"Ошибка 1714. Невозможно удалить старую версию.  Системная ошибка 1612.":                           true,
		"错误 1714。无法删除旧版本的 Agent。  系统错误 1612。":                                                              true,
		"エラー 1714。古いバージョンを削除できません。 システム エラー 1612。":                                                         true,
		"システムエラー1612。": true,
		// as ASCII
		"???????: Agent -- ?????? 1714. ?????????? ???????.  ????????? ?????? 1612.": true,
		"??: Agent -- ?? 1714????????  ???? 1612?":                                   true,
		": Agent --  1714.    .   1612.":                                             true,
		"&#1054;&#1096;&#1080;&#1073;&#1082;&#1072; 1706. x":                         true,
		"??????? 1714. ?????? ???.  ???? 1612.":                                      true, "?? 1612 ??": true,
		`\u932f\u8aa4 1706\u3002x`:                     true,
		`\u041e\u0448\u0438\u0431\u043a\u0430 1706. x`: true,
		"really? 1612":                                 false, "&#39; 1612": false, `a\u0027 1612`: false,
		"¿ù»~ 1714¡CµLªk²¾°£ÂÂª©¡C  ¨t²Î¿ù»~ 1612¡C": true,
		"¿ù»~ 1714¡CµLªk²¾°£ÂÂª©¡C  ¨t²Î¿ù»~ 1603¡C": false,
		// a reason is told by its place, whatever the words before it
		"Erreur 1714. La version précédente ne peut pas être supprimée. Erreur système : 1612.": true,
		"Błąd 1714. Nie można usunąć starszej wersji. Błąd systemowy\u00a0: 1612.":              true,
		"Fel 1714. Den äldre versionen kan inte tas bort. Systemfel:1612.":                      true,
		"错误 1714。无法删除旧版本的 Agent。 系统：1612。":                                                      true,
		"Note: 1: 1714 2: Agent 3: 1612 ":                                                       true,
		"> Note: 1: 1714 2: Agent 3: 1635":                                                      true,
		"오류 1714. 이전 버전을 제거할 수 없습니다. 시스템 오류 1612.":                                              true,
		"1612. hiba": true,
		"Termék: Agent -- 1714. hiba. Nem távolítható el.  Rendszerhiba: 1612.": true,
		"1706-os hiba. Nem található":                                           true,
		"1612. MSI (s)":                                                         false,
		"1612 Error 1603. A viewer's line":                                      false,
		"A telepítés sikertelen: 1612-es":                                       false,
		"Hibakód: 1612":                                                         true,
		"MainEngineThread gibt 1612 zurück":                                     true,
		"CustomAction  returned actual error code 1612 (note this may not be 100% accurate if translation happened inside sandbox)": true,
		"Update '{C3E4DD1C-13B7-4378-ACB9-808516A235B2}' could not be installed. Error code 1635. Additional information":           true,
		"Problem: Update install failed with error 1612":                                                                            true,
		"ExitCode=1612":       true,
		"exit code: 1612":     true,
		"(Error 1612)":        true,
		"Setup failed (1612)": true,
		"Failed to install MSI package. 0x8007064C":           true,
		"hr 0X8007064c: failed":                               true,
		"Error 0x64C occurred":                                true,
		"MainEngineThread is returning 0x64c":                 true,
		"Error 0x643 occurred":                                false,
		"Created Custom Action Server with PID 1612 (0x64C).": false,
		"result -2147023284":                                  true,
		"result 2147944012":                                   true,
		"error code 8007064C":                                 true,
		// a copy from a picture
		"Error 1714. It cannot be removed.  System Error 1 612.": true,
		"Error 1714. It cannot be removed.  System Error 16 12.": true,
		"Error l7l4. It cannot be removed.  System Error 16l2.":  true,
		"Error code I6I2": true,
		"Error 1714. It cannot be removed.  System Error 1 603.": false,
		"Error code I6I3":        false,
		"Error code I6I2O":       false,
		"Property(S): ID = l6l2": false,
		"CustomAction  returned actual error code 1 612 (note this may not be": true,
		"Fehlercode: 16 12": true,
		"Größe 1 612 Ko":    false, "am 16 12 2015": false, "error code 11 612": false,
		`Note: 1: 1714 2: Agent 3: 1612 ","5"`:                      true,
		"Note: 1: 1714 2: Agent 3: 1612  2015-12-03T13:14:37":       true,
		"Note: 1: 1714 2: Agent 3: 1612 </p>":                       true,
		"Note: 1: 1714 2: Agent 3: 16l2 |":                          true,
		"Note: 1: 1714 2: Agent 3: 1612 \t12/3/2015\t12 (0x064C)":   true,
		"Note: 1: 1714 2: Agent 1612 3: 1603 |":                     false,
		"Note: 1: 1714 2: Agent 3: 1603 \t12/3/2015\t1612 (0x064C)": false,
		// words without a number
		"Update 'KB1' failed: This update package could not be opened. Verify that it exists.":        true,
		"Die Installationsquelle für dieses Produkt ist nicht verfügbar. Vergewissern Sie sich, dass": true,
		"La source d’installation pour ce produit n’est pas disponible. Vérifiez que":                 true,
		"El origen de instalación de este producto no está disponible. Compruebe que":                 true,
		"Источник установки для этого продукта недоступен. Убедитесь, что":                            true,
		"这个产品的安装源无法使用。请确定":                                                                            true,
		"Der Dienst für dieses Produkt ist nicht verfügbar.":                                          false,
		"ERROR_INSTALL_SOURCE_ABSENT": true,

		"Error 1714. The older version of Agent cannot be removed. System Error 1603.":          false,
		"Error 1714. The older version of Agent cannot be removed. System Error 5.":             false,
		"Erreur 1714. La version précédente ne peut pas être supprimée. Erreur système : 1603.": false,
		"Note: 1: 1714 2: Agent 3: 1603 ":                                                       false,
		"Error 1603. A fatal error":                                                             false,
		"InstallFiles: File: a.dll,  Directory: C:\\x\\,  Size: 1612":                           false,
		"InstallFiles: Datei: a.dll,  Verzeichnis: C:\\x\\,  Größe: 1612":                       false,
		"Property(S): SIZE = 1612":                                                              false,
		"PROPERTY CHANGE: Adding ERROR property. Its value is '1612'.":                          false,
		"Executing op: ProgressTotal(Total=1612,Type=1,ByteEquivalent=1)":                       false,
		"Note: 1: 1706 2: -2147483647 3: vc_red.msi ":                                           false,
		"Note: 1: 2228 2:  3: Error 4: SELECT `Message` FROM `Error` WHERE `Error` = 1612 ":     false,
		"RESTART MANAGER: Detected that application with id 1612, friendly name 'x' holds":      false,
		"held in use by the following process: Name: x, Id: 1612, Window Title: 'y'":            false,
		"7/25/2025 4:37:07 PM\t1612 (0x064C)":                                                   false, // CMTrace's thread
		"counter 1612":                                                                          false,
		"process 1612":                                                                          false,
		"copied 1612 bytes":                                                                     false,
		"File version 5.1.1612.0":                                                               false,
		"C:\\Windows\\Installer\\1612.msi":                                                      false,
		"{16121612-1612-1612-1612-161216121612}":                                                false,
		"Detected Configuration Manager Version 1706":                                           false,
		"at 16:12:16":                          false,
		"1612  some line of a viewer":          false,
		"1612: another":                        false,
		"OBPatch.log:1612:MSI":                 false,
		"0011223344556677 and 11612 and 16120": false,
		"":                                     false,
	} {
		if told, _ := lostIn(text, ""); told != want {
			t.Errorf("%q is %v", text, told)
		}
	}
}

// What a message says may be broken into the next line; 1714 alone leaves its reason open.
func TestLostInBrokenLines(t *testing.T) {
	for _, tt := range []struct {
		text, before string
		told, open   bool
	}{
		{"1612.", "Contact your technical support group. System Error", true, false},
		{"1612", "Systemfehler ", true, false},
		{"1612.", "of line", true, false},
		{"1612.", "Fehlerstatus der Deinstallation:", true, false},
		{"1612", "Size:", false, false},
		{"1612.", "The end.", false, false},
		{"Error 1714. The older version of Agent cannot be removed. System Error 16", "", false, true},
		{"Error 1714. The older version of Agent cannot be removed. System Error 5.", "", false, false},
		{"1612 MSI", "System Error", false, false},
		{"Error 1714. The older version of Agent cannot be removed.", "", false, true},
		{"Error 1714. The older version of Agent cannot be removed. System Error 1603.", "", false, false},
	} {
		if told, open := lostIn(tt.text, tt.before); told != tt.told || open != tt.open {
			t.Errorf("%q behind %q is %v, %v", tt.text, tt.before, told, open)
		}
	}
}

func TestIsGap(t *testing.T) {
	for text, want := range map[string]bool{
		"...": true, "> [...]": true, "…": true, "<snip>": true, "Snip": true, "-- Lines Omitted --": true,
		"[truncated]": true, "----8<----": true, "(some lines removed for brevity)": true, "[gekürzt]": true,
		"... 2311 lines ...": true, "… (2311 lines hidden)": true, "[2311 more lines]": true, "（省略）": true,
		"MSI (s)\x00\x00\x00\x00\x00policy": true,
		"":                                  false, "           ******* CommandLine: **********": false,
		"   --- End of inner exception stack trace ---": false, "Lines omitted": false,
		"=== Logging stopped: 7/25/2025  16:37:09 ===": false, "{F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}": false,
		"[" + strings.Repeat("lines ", 20) + "]": false,
	} {
		if got := isGap(text); got != want {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestStatusIn(t *testing.T) {
	for text, want := range map[string]int{
		"Windows Installer installed the product. Product Name: A. Product Version: 25.4.20. Product Language: 1033. Manufacturer: C. Installation success or error status: 1603.":        1603,
		"Das Produkt wurde durch Windows Installer installiert. Produktname: A. Produktversion: 2.0. Produktsprache: 1031. Hersteller: C. Erfolg- bzw. Fehlerstatus der Installation: 0.": 0,
		"Windows Installer 已安装产品。产品名称: A。产品版本: 2.0。产品语言: 2052。制造商: C。安装成功或错误状态: 1612。":                                                                                                    1612,
		"Windows Installer 已安装产品。产品名称：A。产品版本：2.0。产品语言：2052。制造商：C。安装成功或错误状态：1612。":                                                                                                         1612,
		"MSI (s): Note: 1: 2205 2:  3: Error. 4: x. 5: 6":                        -1,
		installed + "1603. 2015-12-03T13:14:37":                                  1603,
		installed + `1603.","13:14:37"`:                                          1603,
		installed + "1603.\tMSI\t12/3/2015 1:14:37 PM\t1612 (0x064C)":            1603,
		installed + "1603.  $$<MSI><12-03-2015 13:14:37.123+000><thread=1612>":   1603,
		installed + "1603.]LOG]!><time=\"16:37:07.1\" thread=5>":                 1603,
		installed + "1603. |":                                                    1603,
		installed + "1603.^M$":                                                   1603,
		installed + "16l2.":                                                      -1,
		installed + "1603 and more":                                              -1,
		strings.TrimSuffix(installed, " Installation success or error status: "): -1,
		"InstallFiles: File: a.dll,  Directory: C:\\x. y. z. a. ,  Size: 1612":   -1,
		"one: two: three: four: five":                                            -1,
		"":                                                                       -1,
	} {
		code, ok := statusIn(text)
		if !ok {
			code = -1
		}
		if code != want {
			t.Errorf("%q is %d", text, code)
		}
	}
}

// Messages in the code pages of other systems are read as Windows-1252: their words are nobody's, and the code is told
// all the same.
func TestLostInCodePages(t *testing.T) {
	for name, text := range map[string]string{
		"932, システム エラー 1612。":  "\x83V\x83X\x83e\x83\x80 \x83G\x83\x89\x81[ 1612\x81B",
		"936, 系统错误 1612。":      "\xcf\xb5\xcd\xb3\xb4\xed\xce\xf3 1612\xa1\xa3",
		"950, 系統錯誤 1612。":      "\xa8t\xb2\xce\xbf\xf9\xbb~ 1612\xa1C",
		"949, 시스템 오류 1612.":    "\xbd\xc3\xbd\xba\xc5\xdb \xbf\xc0\xb7\xf9 1612.",
		"1251, ошибка 1612.":   "\xee\xf8\xe8\xe1\xea\xe0 1612.",
		"1253, Σφάλμα 1612.":   "\xd3\xf6\xdc\xeb\xec\xe1 1612.",
		"1255, שגיאה 1612.":    "\xf9\xe2\xe9\xe0\xe4 1612.",
		"1256, خطأ 1612.":      "\xce\xd8\xc3 1612.",
		"874, ข้อผิดพลาด 1612": "\xa2\xe9\xcd\xbc\xd4\xb4\xbe\xc5\xd2\xb4 1612",
		"1252, Größenfehler":   "Systemfehler f\xfcr Gr\xf6\xdfe 1612.",
	} {
		log := header + "7/25/2025  16:37:07 ===\n" + text + "\n"
		if _, r := readAll(t, []byte(log)); !r.TellsLost() {
			t.Errorf("%s is not told: %q", name, decodeANSI([]byte(text)))
		}
	}
}
