"""What Streamlit writes itself, in English only, and what stands for it in each language; {} is a part that is kept."""

from __future__ import annotations

from collections.abc import Mapping

BUILT_IN: Mapping[str, Mapping[str, str]] = {
    # The menu and its drawer
    "Expand sidebar": {"fr": "Menu", "en": "Menu"},
    "Collapse sidebar": {"fr": "Fermer le menu", "en": "Close the menu"},
    "Sidebar": {"fr": "Menu des pages", "en": "Menu of pages"},
    "App pages": {"fr": "Pages", "en": "Pages"},
    "View {} more": {"fr": "Voir {} pages de plus", "en": "View {} more pages"},
    "View less": {"fr": "Voir moins de pages", "en": "View fewer pages"},
    "Skip to main content": {"fr": "Aller au contenu", "en": "Skip to main content"},
    "Main menu": {"fr": "Menu de l’application", "en": "Menu of the application"},
    # Lists to choose from
    "Open": {"fr": "Ouvrir", "en": "Open"},
    "Clear all": {"fr": "Tout retirer", "en": "Clear all"},
    "Clear value": {"fr": "Vider", "en": "Clear"},
    "Selected values": {"fr": "Valeurs choisies", "en": "Selected values"},
    "Select all": {"fr": "Tout choisir", "en": "Select all"},
    "No results": {"fr": "Aucun résultat", "en": "No results"},
    "You can only select up to {} options. Remove an option first.": {
        "fr": "Pas plus de {} : retirez-en d’abord.",
        "en": "At most {}: take one out first.",
    },
    "Remove": {"fr": "Retirer", "en": "Remove"},
    "Remove {}": {"fr": "Retirer {}", "en": "Remove {}"},
    # Fields
    "Help for {}": {"fr": "Aide : {}", "en": "Help: {}"},
    "Show password": {"fr": "Montrer le mot de passe", "en": "Show the password"},
    "Hide password": {"fr": "Cacher le mot de passe", "en": "Hide the password"},
    "Copy to clipboard": {"fr": "Copier", "en": "Copy"},
    "Copied": {"fr": "Copié", "en": "Copied"},
    "Copied!": {"fr": "Copié !", "en": "Copied!"},
    # Files
    "file upload": {"fr": "fichier à donner", "en": "file to give"},
    "Delete {}": {"fr": "Retirer {}", "en": "Remove {}"},
    "Cancel upload {}": {"fr": "Arrêter l’envoi de {}", "en": "Stop sending {}"},
    "Only one file is allowed.": {"fr": "Un seul fichier à la fois.", "en": "One file at a time."},
    "{} files are not allowed.": {
        "fr": "Les fichiers {} ne sont pas lus ici.",
        "en": "Files of the type {} are not read.",
    },
    "File must be {} or smaller.": {"fr": "Ce fichier dépasse {}.", "en": "This file is larger than {}."},
    "Upload": {"fr": "Choisir un fichier", "en": "Choose a file"},
    "Add files": {"fr": "Choisir un autre fichier", "en": "Choose another file"},
    "add icon": {"fr": "Choisir un autre fichier", "en": "Choose another file"},
    "Upload failed": {"fr": "L’envoi a échoué", "en": "The file could not be sent"},
    # Charts
    "Fullscreen": {"fr": "Plein écran", "en": "Full screen"},
    "Fullscreen: {}": {"fr": "Plein écran : {}", "en": "Full screen: {}"},
    "Close fullscreen": {"fr": "Quitter le plein écran", "en": "Leave full screen"},
    "Close fullscreen: {}": {"fr": "Quitter le plein écran : {}", "en": "Leave full screen: {}"},
    "Show data": {"fr": "Montrer les données", "en": "Show the data"},
    "Show data: {}": {"fr": "Montrer les données : {}", "en": "Show the data: {}"},
    "Show chart": {"fr": "Montrer le graphique", "en": "Show the chart"},
    "Show chart: {}": {"fr": "Montrer le graphique : {}", "en": "Show the chart: {}"},
    "Download as PNG": {"fr": "Télécharger l’image", "en": "Download the picture"},
    "Download as PNG: {}": {"fr": "Télécharger l’image : {}", "en": "Download the picture: {}"},
    "Copy Vega-Lite spec": {"fr": "Copier la définition du graphique", "en": "Copy the definition of the chart"},
    "Copy Vega-Lite spec: {}": {
        "fr": "Copier la définition du graphique : {}",
        "en": "Copy the definition of the chart: {}",
    },
    "visualization": {"fr": "graphique", "en": "chart"},
    # How the page does
    "Running...": {"fr": "La page se prépare…", "en": "The page is being drawn…"},
    "Stop": {"fr": "Arrêter", "en": "Stop"},
    "Connecting": {"fr": "Connexion…", "en": "Connecting…"},
    "Connection error": {"fr": "La page ne répond plus", "en": "The page does not answer"},
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": {
        "fr": "L’ordinateur qui sert cette page ne répond pas. Votre dossier et ses notes sont gardés dans ce "
        "navigateur, et la page revient d’elle-même. Qui s’occupe de l’ordinateur la relance avec :",
        "en": "The computer that serves this page does not answer. Your file and its notes are kept in this browser, "
        "and the page comes back by itself. Whoever looks after the computer starts it again with:",
    },
    "streamlit run yourscript.py": {"fr": "passerelle serve", "en": "passerelle serve"},
    "Streamlit server is not responding. Are you connected to the internet?": {
        "fr": "L’ordinateur qui sert cette page ne répond pas. Votre dossier et ses notes sont gardés dans ce "
        "navigateur, et la page revient d’elle-même.",
        "en": "The computer that serves this page does not answer. Your file and its notes are kept in this browser, "
        "and the page comes back by itself.",
    },
    "Close": {"fr": "Fermer", "en": "Close"},
}
"""English to language to words. French has a no-break space before : ; ? !"""


def built_in_words(reader: str) -> dict[str, str]:
    """Return what stands for each word that Streamlit writes, and for what stood for it in another language."""
    return {word: told[reader] for english, told in BUILT_IN.items() for word in (english, *told.values())}
