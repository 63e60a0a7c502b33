package logscan

import (
	"fmt"
	"strings"
	"testing"
)

// The result of a session is that of what ends the whole of it: nothing within it, and nothing behind which it goes on.
func TestHowASessionEnded(t *testing.T) {
	const (
		server  = "MSI (s) (14:70) [21:53:02:640]: "
		inner   = "MSI (s) (14:C0) [21:53:02:689]: "
		client  = "MSI (c) (20:9C) [21:53:01:507]: "
		runs    = "******* RunEngine:\n           ******* Product: {7D548A47-D599-4728-9309-7DF7C04AF04D}\n"
		doing   = "Doing action: "
		result  = "MainEngineThread is returning "
		removes = server + doing + "RemoveExistingProducts\nAction start 21:53:02: RemoveExistingProducts.\n"
		removed = "Action ended 21:53:02: RemoveExistingProducts. Return value 1.\n"
		removal = "Windows Installer removed the product. Product Name: B. Product Version: 1.0. Product Language: 1033. Manufacturer: C. Removal success or error status: 0.\n"
		began   = client + runs + server + runs + server + doing + "INSTALL\nAction start 21:53:02: INSTALL.\n"
		well    = "Action ended 21:53:02: INSTALL. Return value 1.\n"
		badly   = "Action ended 21:53:02: INSTALL. Return value 3.\n"
		files   = server + doing + "InstallFiles\n"
		stopped = "=== Verbose logging stopped: 7/25/2025  16:37:09 ===\n"
		// an installer with screens logs its own part within the session
		screens = client + runs + "=== Logging started: 31.01.2022  21:53:01 ===\n" + client + doing +
			"INSTALL\nAction start 21:53:01: INSTALL.\n" + server + runs + server + doing + "INSTALL\n"
		screened = server + result + "0\n" + client + "Back from server. Return value: 0\n" +
			"Action ended 21:53:03: ExecuteAction. Return value 1.\n" + well +
			"=== Logging stopped: 31.01.2022  21:53:03 ===\n" + client + installed + "0.\n"
	)
	for name, tt := range map[string]struct{ log, want string }{
		"the server and the client return": {opened + began + server + result + "1603\n" + client + result + "1603\n" +
			stopped, "1603"},
		"the server alone":   {opened + began + well + server + result + "0\n", "0"},
		"and stops":          {opened + began + well + server + result + "0\n" + plainEnd + policy, "0"},
		"without its header": {began + well + server + result + "1603\n", "1603"},
		"a product was removed": {opened + began + removes + inner + runs + inner + removal + well + removed + files +
			well + server + result + "0\n" + stopped, "0"},
		"with screens":                {opened + screens + screened + client + result + "0\n" + stopped, "0"},
		"with screens, failed":        {opened + screens + badly + plainEnd + client + result + "1603\n" + stopped, "1603"},
		"with screens, and is open":   {opened + screens + screened, "none"},
		"an earlier one is no matter": {opened + began + files + opened + server + result + "0\n", "0"},

		"an action ended":                      {opened + began + removes + well + removed + files, "none"},
		"an action failed":                     {opened + began + removes + badly, "none"},
		"a product was removed, and it is cut": {opened + began + removes + inner + removal, "none"},
		"another product was installed":        {opened + began + server + installed + "0.\n", "none"},
		"another product failed":               {opened + began + server + installed + "1603.\n" + files, "none"},
		"the server has stopped":               {opened + began + server + installed + "1603.\n" + plainEnd, "none"},
		"an inner engine returns": {opened + began + removes + inner + runs + inner + doing + "INSTALL\n" + inner +
			result + "0\n", "none"},
		"an inner engine fails":       {opened + began + removes + inner + runs + inner + result + "1605\n", "none"},
		"and the action ends":         {opened + began + removes + inner + result + "0\n" + removed, "none"},
		"and its end is all there is": {opened + inner + result + "0\n" + removed + files, "none"},
		"and another action begins":   {opened + inner + result + "1603\n" + files, "none"},
		"in another language": {opened + inner + result +
			"0\nAktion beendet um 21:53:02: RemoveExistingProducts. Rückgabewert 1.\n", "none"},
		"a lost file behind it": {opened + inner + result + "1603\n" + server + "Couldn't find local patch ''.\n", "none"},
		"another engine runs":   {opened + began + server + result + "0\n" + inner + runs, "none"},
		"it goes on far behind the result": {opened + inner + result + "0\n" + files +
			strings.Repeat(policy, readMost/len(policy)+1),
			"none"},

		"plain":                      {plainBegin + well + server + installed + "0.\n" + plainEnd, "0"},
		"plain, its action alone":    {plainBegin + well + plainEnd, "0"},
		"plain, failed":              {plainBegin + badly + plainEnd, "failed"},
		"plain, told behind its end": {plainBegin + badly + plainEnd + installed + "1603.\n", "1603"},
		"plain, a product was removed": {plainBegin + well + removal + removed + badly + installed + "1602.\n" +
			plainEnd, "1602"},
		"plain, cut":                    {plainBegin + well, "none"},
		"plain, cut behind a sentence":  {plainBegin + well + installed + "0.\n", "none"},
		"plain, failed within":          {plainBegin + badly + removed, "none"},
		"plain, the last action is not": {plainBegin + well + removal + removed + plainEnd, "none"},
		"plain, in Chinese": {"=== 开始记录: 2025/7/25  16:37:07 ===\n操作结束 16:37:08: INSTALL。返回值 1。\n=== 停止记录: 2025/7/25  16:37:09 ===\n",
			"0"},
		"plain, in Chinese, and it goes on": {"=== 开始记录: 2025/7/25  16:37:07 ===\n操作结束 16:37:08: INSTALL。返回值 1。\n操作开始 16:37:08: X。\n=== 停止记录: 2025/7/25  16:37:09 ===\n",
			"none"},
		"plain, begun": {plainBegin + strings.ReplaceAll(well, "Return value 1.", "| 1 |") + plainEnd,
			"none"},
		"plain, collected": {strings.ReplaceAll(plainBegin+well+plainEnd, "\n", "]LOG]!><time=\"16:37\" thread=\"3\">\n"),
			"0"},
		"plain, failed and collected": {strings.ReplaceAll(plainBegin+badly+plainEnd, "\n", "\",\"5\"\n"), "failed"},
		"plain, translated": {"=== Protokollierung gestartet: 25.07.2025  16:37:07 ===\nAktion beendet um 16:37:07: INSTALL. Rückgabewert 1.\n=== Protokollierung beendet: 25.07.2025  16:37:09 ===\n",
			"0"},
		"plain, translated and cut": {"=== Protokollierung gestartet: 25.07.2025  16:37:07 ===\nAktion beendet um 16:37:07: INSTALL. Rückgabewert 1.\n",
			"none"},
		"a translated header": {"=== Registro detallado iniciado: 25/7/2025  16:37:07  Tipo de compilación: SHIP UNICODE ===\n" +
			began + well + server + result + "1602\n", "1602"},
		"a plain one behind a verbose one": {opened + server + result + "1603\n" + stopped + plainBegin + well +
			plainEnd,
			"0"},
	} {
		for _, m := range modes {
			log, r := readAll(t, encodeUnicode(tt.log, m))
			got := "none"
			switch {
			case !r.Later && log.LastSession.HasCode && !r.GoesOn:
				got = fmt.Sprint(log.LastSession.Code)
			case r.HasCode:
				got = fmt.Sprint(r.Code)
			case r.Failed:
				got = "failed"
			}
			if got != tt.want || r.GoesOn && r.HasCode {
				t.Errorf("%s, mode %v: %s, want %s: %+v", name, m, got, tt.want, r)
			}
		}
	}
}
