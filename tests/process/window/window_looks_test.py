"""The real window as it is seen: sizes, themes, panels, the help, scrolling, guessing. Each command changes the screen, and
another brings the first picture back to the last pixel."""

from chat_process import check
from real_window import Window, run_all


def exchange():
    return Window("--group", "toy23", "--seed", "looks", "--say", "client:Hello", "--still")


@check
def sizes_and_colours():
    with exchange() as window:
        window.changes_back("larger", "ctrl+plus", "ctrl+minus")
        window.press("ctrl+plus")
        window.changes_back("smaller", "ctrl+plus", "ctrl+minus")
        window.press("ctrl+minus", "ctrl+plus", "ctrl+plus")
        window.changes_back("actual_size", "ctrl+0", "ctrl+plus", "ctrl+plus")
        window.press("ctrl+0")
        window.changes_back("next_theme", "t", "t", "t")
        window.changes_back("toggle_left", "l", "l", "l")
        window.changes_back("toggle_details", "d", "d")
        window.changes_back("help", "F1", "Escape")


@check
def presenting():
    """The stage alone, what is laid over it, a black screen, one that stays."""
    with exchange() as window:
        window.goes_to("message.1/encrypt/block.1/round.1")
        window.changes_back("present", "F5", "F5")
        window.press("F5")
        window.changes_back("show_pages", "Tab", "Tab")
        window.changes_back("freeze", "comma", "comma")
        window.changes_back("zoom", "z", "Escape")
        window.blackens("black", "period", "Escape")


@check
def items_of_a_stage():
    """> follows the next one, < the one before."""
    with exchange() as window:
        window.goes_to("message.1/encrypt/block.1/round.1")
        window.press("greater", "Escape")  # what a newcomer is told goes when it was done once
        window.changes_back("item_after", "greater", "Escape")
        window.press("greater")
        window.changes_back("item_before", "greater", "less")


@check
def guessing():
    """P covers what a step gives, Enter uncovers it."""
    with exchange() as window:
        window.goes_to("message.1/encrypt/block.1/round.1")
        window.changes_back("predict", "p", "p")
        window.press("p")
        window.changes_back("reveal", "Return", "p", "p")


@check
def scrolling():
    with exchange() as window:
        window.goes_to("message.1/encrypt/block.1")
        window.changes_back("stage_down", "Next", "Prior")
        window.changes_back("stage_up", "Next", "Prior")
        window.changes_back("details_down", "ctrl+Next", "ctrl+Prior")
        window.changes_back("details_up", "ctrl+Next", "ctrl+Prior")


run_all()
