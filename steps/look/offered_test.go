package look

import (
	"strings"
	"testing"
)

// Where the installer of a lost file can be had depends on whether its name has the number of an article.
func TestOfferedAt(t *testing.T) {
	for name, want := range map[string]string{
		"Microsoft Azure Recovery Services Agent Update (KB5012345)": "https://support.microsoft.com/help/5012345",
		"kb4487102":                     "https://support.microsoft.com/help/4487102",
		"KB, then KB12 and KB3015072v2": "https://support.microsoft.com/help/3015072",
		"Update 12345678":               "newest: https://aka.ms/azurebackup_agent",
		"KB":                            "newest: https://aka.ms/azurebackup_agent",
		"":                              "newest: https://aka.ms/azurebackup_agent",
	} {
		if got := OfferedAt(LostFile{Name: name}); !strings.HasPrefix(got, want) {
			t.Errorf("%q is offered at %q, want %q", name, got, want)
		}
	}
}
