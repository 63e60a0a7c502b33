package redact

import (
	"strings"
	"testing"
)

func TestSecretsAreTakenOut(t *testing.T) {
	for line, want := range map[string]string{
		`MARSAgentInstaller.exe /q /pu:CORP\bob /pw:hunter2 /m`:                                 `MARSAgentInstaller.exe /q /pu:CORP\bob /pw:[removed] /m`,
		`Calling process: C:\x\Setup.exe /pw "a b c" /nu`:                                       `Calling process: C:\x\Setup.exe /pw [removed] /nu`,
		`run "/pw=hunter2" next`:                                                                `run "/pw=[removed] next`,
		`setup -password hunter2`:                                                               `setup -password [removed]`,
		`/p:"C:\folder" /s:"C:\cache" stay`:                                                     `/p:"C:\folder" /s:"C:\cache" stay`,
		`Property(S): PROXYPASSWORD = my secret pass`:                                           `Property(S): PROXYPASSWORD = [removed]`,
		`PROPERTY CHANGE: Adding PROXYPWD property. Its value is 'hunter2'.`:                    `PROPERTY CHANGE: Adding PROXYPWD property.[removed]`,
		`PROPERTY CHANGE: Modifying PWD property. Its current value is 'a'. Its new value: 'b'`: `PROPERTY CHANGE: Modifying PWD property.[removed]`,
		`Server=s;Password=hunter2;Database=d`:                                                  `Server=s;Password=[removed]`,
		"0AB0\t0974\tpassword: correct horse battery\tNORMAL":                                   "0AB0\t0974\tpassword: [removed]\tNORMAL",
		`{"password":"hun\"ter2","user":"bob"}`:                                                 `{"password":"[removed]","user":"bob"}`,
		`passphrase='correct horse`:                                                             `passphrase='[removed]`,
		`<Password>hunter2</Password><Other>x</Other>`:                                          `<Password>[removed]</Password><Other>x</Other>`,
		`<d:AccountKey type="s">abc==</d:AccountKey>`:                                           `<d:AccountKey type="s">[removed]</d:AccountKey>`,
		`Proxy-Authorization: Basic dXNlcjpwYXNz`:                                               `Proxy-Authorization: [removed]`,
		`sent bearer abcdefghijklmnop1234`:                                                      `sent bearer [removed]`,
		`jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF_-123 end`:                          `jwt [removed] end`,
		`GET https://bob:hunter2@proxy:8080/x`:                                                  `GET https://bob:[removed]@proxy:8080/x`,
		`https://a.blob.core.windows.net/c?sv=1&sig=abc%2Fdef%3D&se=2`:                          `https://a.blob.core.windows.net/c?sv=1&sig=[removed]&se=2`,
		`cert ` + strings.Repeat("QUJD", 60) + `==`:                                             `cert [removed]`,
		`password: one /pw:two three`:                                                           `password: [removed]`,
		`<credential user="u" password="p;q">x</credential>`:                                    `<credential user="u" password="[removed]">[removed]</credential>`,
		`AccessToken=abc refresh_token=def`:                                                     `AccessToken=[removed] refresh_token=[removed]`,
		`Setup.exe "/pw:hunter2 and more" /q`:                                                   `Setup.exe "/pw:[removed] /q`,
		`Set-OBMachineSetting -EncryptionPassphrase hunter2 -x`:                                 `Set-OBMachineSetting -EncryptionPassphrase [removed] -x`,
		`setup --proxy-password "a b" /proxypassword c d`:                                       `setup --proxy-password "[removed]" /proxypassword [removed] d`,
		"1\tProxyPassword:\thunter2\tNORMAL":                                                    "1\tProxyPassword:\t[removed]\tNORMAL",
		`body "{\"password\":\"hunter2\",\"x\":1}"`:                                             `body "{\"password\":\"[removed]\",\"x\":1}"`,
		`<add key="ProxyPassword" value="hunter2" />`:                                           `<add key="ProxyPassword" value="[removed]" />`,
		`<Setting Name='Secret' Value = 'hunter2'/>`:                                            `<Setting Name='Secret' Value = '[removed]'/>`,
		`invalid password 'hunter2' for x`:                                                      `invalid password '[removed]' for x`,
		`password => hunter2`:                                                                   `password => [removed]`,
		`Security PIN: 123456`:                                                                  `Security PIN: [removed]`,
		`PW=hunter2 Property(S): PROXYPW = hunter2`:                                             `PW=[removed] Property(S): PROXYPW = [removed]`,
		`PROPERTY CHANGE: Adding PW property. Its value is 'hunt'.`:                             `PROPERTY CHANGE: Adding PW property.[removed]`,
		`Set-Cookie: ASP.NET_SessionId=hunter2; path=/`:                                         `Set-Cookie: [removed]`,
		// What only looks like one stays.
		`the password is wrong, and C:\x/password stays`:                                    `the password is wrong, and C:\x/password stays`,
		`Second pass: 3 files; token of process 12`:                                         `Second pass: 3 files; token of process 12`,
		`Assembly, Version=1.0.0.0, PublicKeyToken=31bf3856ad364e35`:                        `Assembly, Version=1.0.0.0, PublicKeyToken=31bf3856ad364e35`,
		`Warning: Local cached package 'C:\Windows\Installer\7b5ea8.msi' is missing.`:       `Warning: Local cached package 'C:\Windows\Installer\7b5ea8.msi' is missing.`,
		`MSI (s) (0C:50) [13:14:37:045]: Could not open key: HKEY_LOCAL_MACHINE\SOFTWARE\x`: `MSI (s) (0C:50) [13:14:37:045]: Could not open key: HKEY_LOCAL_MACHINE\SOFTWARE\x`,
		`c904940f78045f45590745543661a2516af4804811d846b139fb48fc765aa892`:                  `c904940f78045f45590745543661a2516af4804811d846b139fb48fc765aa892`,
		`Basic troubleshooting is described at https://aka.ms/azurebackup_agent`:            `Basic troubleshooting is described at https://aka.ms/azurebackup_agent`,
	} {
		red := New(false, nil)
		if got := red.Text(line); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
		if again := red.Text(want); again != want {
			t.Errorf("a second time %s\n becomes %s", want, again)
		}
	}
}

func TestUsersAreTakenOutOnRequest(t *testing.T) {
	for line, want := range map[string]string{
		`C:\Users\bob\Downloads\a.exe and C:\Users\BOB\x`: `C:\Users\[user 1]\Downloads\a.exe and C:\Users\[user 1]\x`,
		`C:\Users\ann lee\x, C:\Users\Public\y`:           `C:\Users\[user 2]\x, C:\Users\Public\y`,
		`C:\Users\carl is missing`:                        `C:\Users\[user 3] is missing`,
		`Property(S): LogonUser = CORP\bob`:               `Property(S): LogonUser = [user 1]`,
		`setup.exe /pu CORP\dora /q`:                      `setup.exe /pu [user 4] /q`,
		`UserSID S-1-5-21-1-2-3-500 here`:                 `UserSID [user 5] here`,
		`mail ann.lee@corp.example.com now`:               `mail [user 6] now`,
		`bob ran; kebobs; Bob, SRV\bob`:                   `[user 1] ran; kebobs; [user 1], SRV\[user 1]`,
		`ProxyUserName: dora`:                             `ProxyUserName: [user 4]`,
		`UserSID S-1-12-1-1-2-3-4 here`:                   `UserSID [user 7] here`,
		`owner NT AUTHORITY\SYSTEM`:                       `owner NT AUTHORITY\SYSTEM`,
	} {
		if got := New(false, []string{"bob"}).Text(line); got != line {
			t.Errorf("not asked for: %s\n becomes %s", line, got)
		}
		// Each name has the number that it would get if all lines were of one bundle.
		red := New(true, []string{"bob"})
		for _, n := range []string{"ann lee", "carl", "dora", "s-1-5-21-1-2-3-500", "ann.lee@corp.example.com"} {
			red.number(n)
		}
		if got := red.Text(line); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

// FuzzRedact holds what must be true of any line: what is taken out does not grow, and a secret behind a switch is gone.
func FuzzRedact(f *testing.F) {
	f.Add("a /pw:x password=y", "hunter2")
	red := New(true, []string{"bob"})
	f.Fuzz(func(t *testing.T, line, secret string) {
		once := red.Text(line)
		if again := red.Text(once); len(again) > 20*len(line)+100 {
			t.Fatalf("%q grows to %q", line, again)
		}
		if len(secret) < 8 || strings.ContainsAny(secret, "\"' \t[]") || strings.TrimFunc(secret, isPlain) != "" {
			return
		}
		if out := red.Text("x /pw:" + secret + " y"); strings.Contains(out, secret) {
			t.Fatalf("%q stays in %q", secret, out)
		}
	})
}

func isPlain(r rune) bool { return r > ' ' && r < 0x7f }
